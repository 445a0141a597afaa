import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isTemporary, writeFileAtomic, writePiecesAtomic } from "../../../src/base/atomicFile.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

describe("writeFileAtomic", () => {
  test("replaces the content and leaves nothing else", () => {
    const folder = temporaryFolder();
    const file = join(folder, "a.json");
    writeFileAtomic(file, "old");
    writeFileAtomic(file, Buffer.from([1, 2, 255]));
    expect([...readFileSync(file)]).toEqual([1, 2, 255]);
    expect(readdirSync(folder)).toEqual(["a.json"]);
  });

  test("that cannot finish keeps what was there and cleans up", () => {
    const folder = temporaryFolder();
    const file = join(folder, "a");
    mkdirSync(file);
    writeFileSync(join(file, "inside"), "kept");
    expect(() => writeFileAtomic(file, "new")).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder)).toEqual(["a"]);
    expect(readFileSync(join(file, "inside"), "utf8")).toBe("kept");
    expect(() => writeFileAtomic(join(folder, "none", "a"), "new")).toThrow("ENOENT");
  });
});

describe("writePiecesAtomic", () => {
  test("writes the pieces in their order and leaves nothing else", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "a");
    await writePiecesAtomic(file, [Buffer.from("one "), Buffer.alloc(0), Buffer.from("two")]);
    expect(readFileSync(file, "utf8")).toBe("one two");
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  test("that cannot finish keeps what was there and cleans up", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "a");
    mkdirSync(file);
    writeFileSync(join(file, "inside"), "kept");
    await expect(writePiecesAtomic(file, [Buffer.from("new")])).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  test("knows its temporary files by their names", () => {
    const names = [".a.safetensors.123.4.tmp", "a.safetensors", ".hidden", "x.1.2.tmp", ".resumed-1"];
    expect(names.filter(isTemporary)).toEqual([".a.safetensors.123.4.tmp"]);
  });
});

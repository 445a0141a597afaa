import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeFileAtomic } from "../../../src/base/atomicFile.js";
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

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileTarget } from "../../../src/base/fileTarget.js";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "fileTarget-")));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("is the path, or the file that a link leads to", () => {
  const file = join(folder, "file");
  expect(fileTarget("save", relative(process.cwd(), file))).toBe(file);
  writeFileSync(file, "");
  expect(fileTarget("save", file)).toBe(file);
  symlinkSync("file", join(folder, "link"));
  expect(fileTarget("save", join(folder, "link"))).toBe(file);
});

test("is the file that a link is to lead to, through other links and folders that are links", () => {
  mkdirSync(join(folder, "data", "deep"), { recursive: true });
  symlinkSync(join("data", "deep"), join(folder, "short"));
  symlinkSync("short/first", join(folder, "link"));
  symlinkSync("../second", join(folder, "data", "deep", "first"));
  expect(fileTarget("save", join(folder, "link"))).toBe(join(folder, "data", "second"));
  symlinkSync(join(folder, "gone", "file"), join(folder, "far"));
  expect(fileTarget("save", join(folder, "far"))).toBe(join(folder, "gone", "file"));
  symlinkSync("circle", join(folder, "circle"));
  expect(() => fileTarget("save", join(folder, "circle"))).toThrow("ELOOP");
});

test.skipIf(process.platform === "win32")("is refused where something else is", () => {
  mkdirSync(join(folder, "dir"));
  expect(() => fileTarget("save", join(folder, "dir"))).toThrow(
    new RangeError(`save: ${join(folder, "dir")} must be a file, and is a folder`),
  );
  expect(() => fileTarget("save", "/dev/null")).toThrow("/dev/null must be a file, and is a device or pipe");
});

import { appendFileSync, copyFileSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fileVersion } from "../../../src/base/fileVersion.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

it("is another once a file is written to or replaced, and stays while it is only read", () => {
  const folder = temporaryFolder();
  const file = join(folder, "a");
  expect(fileVersion(file)).toBeUndefined();
  writeFileSync(file, "one");
  utimesSync(file, 1.7e9, 1.7e9);
  const first = fileVersion(file);
  expect(fileVersion(file)).toBe(first);
  appendFileSync(file, "!");
  utimesSync(file, 1.7e9, 1.7e9);
  const longer = fileVersion(file);
  expect(longer).not.toBe(first);
  utimesSync(file, 1.7e9, 1.7e9 + 1e-3);
  expect(fileVersion(file)).not.toBe(longer);
  utimesSync(file, 1.7e9, 1.7e9);
  copyFileSync(file, join(folder, "b"));
  utimesSync(join(folder, "b"), 1.7e9, 1.7e9);
  renameSync(join(folder, "b"), file);
  expect(fileVersion(file)).not.toBe(longer);
});

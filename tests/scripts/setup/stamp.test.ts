import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { hashOf, isCurrent, writeStamp } from "../../../scripts/setup/stamp.mjs";

const folder = mkdtempSync(join(tmpdir(), "tunelab-stamp-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a stamp is current for its inputs alone", () => {
  const input = join(folder, "lock.txt");
  const stamp = join(folder, "made", ".stamp");
  writeFileSync(input, "one");
  const hash = hashOf(["place", { file: input }]);
  expect(isCurrent(stamp, hash)).toBe(false);
  writeStamp(stamp, hash);
  expect(isCurrent(stamp, hashOf(["place", { file: input }]))).toBe(true);
  expect(isCurrent(stamp, hashOf(["elsewhere", { file: input }]))).toBe(false);
  writeFileSync(input, "two");
  expect(isCurrent(stamp, hashOf(["place", { file: input }]))).toBe(false);
});

test("a large file counts by its size and time", () => {
  const library = join(folder, "lib.so");
  writeFileSync(library, "x");
  const before = hashOf([{ stat: library }]);
  expect(hashOf([{ stat: library }])).toBe(before);
  utimesSync(library, 1, 1);
  expect(hashOf([{ stat: library }])).not.toBe(before);
});

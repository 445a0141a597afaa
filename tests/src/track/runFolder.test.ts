import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRunFolder, newId, safeName } from "../../../src/track/runFolder.js";
import { temporaryFolder } from "./temporaryFolder.js";

describe("safeName", () => {
  test.each([
    ["baseline", "baseline"],
    ["lr=1e-3, units: 64", "lr-1e-3-units-64"],
    ["../../etc/passwd", "etc-passwd"],
    ["..", "run"],
    ["", "run"],
    ["größe_2.1", "größe_2.1"],
    ["数字/手書き", "数字-手書き"],
    ["-rf", "rf"],
    [".hidden", "hidden"],
    ["a\u0000b\nc", "a-b-c"],
  ])("of %j is %s", (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  test("of any text is one that every file system and shell takes as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
        const safe = safeName(name);
        expect(safe).toMatch(/^[\p{L}\p{N}\p{M}_][\p{L}\p{N}\p{M}._-]*$/u);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(160);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

test("run folders are made under any name", () => {
  const root = temporaryFolder();
  for (const name of ["a/b", "x".repeat(1000), "😀".repeat(100), "CON"]) {
    const { id, dir } = makeRunFolder(root, name);
    expect(id).toMatch(/^[0-9a-z]{8}$/);
    expect(dir.endsWith(`-${id}`)).toBe(true);
  }
  expect(readdirSync(root)).toHaveLength(4);
  expect(new Set(Array.from({ length: 1000 }, newId)).size).toBe(1000);
});

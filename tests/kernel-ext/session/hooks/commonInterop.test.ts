import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";
import { isInterop, throughInterop } from "../../../../kernel-ext/session/hooks/commonInterop.js";
import { nested } from "../../nestedCode.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-interop-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const parentURL = pathToFileURL(join(folder, "__cell__.mjs")).href;

/** True where a cell's import of a file that Node knows no format of is taken for CommonJS. */
function isTakenForCommon(source: string): boolean {
  const file = join(folder, "some.js");
  writeFileSync(file, source);
  return isInterop(throughInterop({ url: pathToFileURL(file).href }, { parentURL }).url);
}

it.each([
  ["exports.a = 1;", true],
  ["#!/usr/bin/env node\n// import\nreturn;", true],
  ["exports.a = 'import b from \"b\"'; // export", true],
  ["exports.load = () => import('node:fs');", true],
  ["import fs from 'node:fs';\nexports.a = 1;", false],
  ["export const a = 1;", false],
  ["const here = import.meta.url;", false],
])("takes a file for CommonJS as Node does: %.40s", (source, isCommon) => {
  expect(isTakenForCommon(source)).toBe(isCommon);
});

it("refuses what nests too deeply, with and without a word of modules", () => {
  for (const word of ["", "// import"])
    expect(() => isTakenForCommon(`exports.deep = ${nested.parentheses?.(10_000)}; ${word}`)).toThrow(
      /^some\.js cannot be compiled: the code nests too deeply: .* 10,000 times; .*some\.js\)$/,
    );
  expect(isTakenForCommon("exports.long = 1;\n".repeat(1_000))).toBe(true);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { localGraph, localVersion } from "../../../kernel-ext/language/localVersion.js";
import { nested } from "../nestedCode.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tunelab-version-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const imports = `import { a } from "./a";
import './b';
import c, { type C } from "./c";
import * as d
  from './d';
export { e } from "./e";
export * from "./f";
const g = require("./g");
import h = require("./h");
`;

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

it.each([
  ["short", ""],
  ["long", "const n = [1, 2, 3];\n".repeat(1000)],
  ["deep", `const n = ${nested.parentheses?.(10_000)};`],
])("finds what a %s file imports, and changes with it", (_what, rest) => {
  for (const name of "abcdefghi") write(`${name}.ts`, "export {};");
  const file = write("index.ts", `${imports}${rest}`);
  expect(localGraph(file).map((one) => basename(one, ".ts"))).toEqual([..."abcdefgh", "index"]);
  const before = localVersion(file);
  expect(localVersion(file)).toBe(before);
  write("d.ts", "export const d = 1;");
  expect(localVersion(file)).not.toBe(before);
});

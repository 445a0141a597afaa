import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DeepJson, jsonDepth, requireShallowJson } from "../../../kernel-ext/language/deepJson.js";
import { nested } from "../nestedCode.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tunelab-json-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

it.each([
  ["1", 0],
  ["[]", 1],
  ['[[1], { "a": [2] }, 3]', 3],
  ['["[[[[", "\\"[[[[", "\\\\", [1]]', 2],
  ['{ "a": "\\\\\\"{" }', 1],
])("counts the levels of %s", (text, depth) => {
  JSON.parse(text);
  expect(jsonDepth(text)).toBe(depth);
});

it("refuses what nests more than 1,000 times, also behind a file, until it is mended", () => {
  write("data.json", nested.arrays?.(1_000) as string);
  write("behind.ts", 'export { default } from "./data.json";');
  const check = () => requireShallowJson(["node:fs", "./behind"], folder);
  check();
  write("data.json", nested.arrays?.(1_001) as string);
  expect(check).toThrow(DeepJson);
  expect(check).toThrow(/1,000 times at most, but .*data\.json does 1,001 times; read it by JSON\.parse/);
  write("data.json", `[${"[1],".repeat(2_000)}[2]]`);
  check();
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cellNumbers } from "../../../kernel-ext/magics/cellNumbers.js";
import { helpText } from "../../../kernel-ext/magics/help.js";
import { MagicError } from "../../../kernel-ext/magics/magicError.js";
import { parseArguments } from "../../../kernel-ext/magics/parseArguments.js";
import type { MagicDefinition } from "../../../kernel-ext/magics/registry.js";
import { sweep } from "../../../kernel-ext/magics/sweep.js";
import { sweepVariable } from "../../../kernel-ext/magics/sweepVariable.js";

test.each([
  ["mnist-mlp", "mnistMlpSweep"],
  ["mnist", "mnistSweep"],
  ["sweep", "sweepResult"],
  ["lr sweep", "lrSweepResult"],
  ["3 layers", "_3LayersSweep"],
  ["größe", "größeSweep"],
  ["--", "_Sweep"],
])("the result of %s is called %s", (name, variable) => {
  expect(sweepVariable(name)).toBe(variable);
});

test("reads numbers and ranges of cells", () => {
  expect(cellNumbers("7, 1,4-6,5")).toEqual([1, 4, 5, 6, 7]);
  for (const wrong of ["", "a", "6-4", "1,,2", "-3", "1-99999999"])
    expect(() => cellNumbers(wrong)).toThrow(MagicError);
});

test("is what the documents and the help say", () => {
  const document = readFileSync(join(import.meta.dirname, "../../../docs/notebooks.md"), "utf8");
  const rows = [...document.matchAll(/^\| `%%?(sweep[^`]*)` \| `(\w+)` \|$/gm)];
  expect(rows).toHaveLength(7);
  for (const [row, line = "", variable] of rows) {
    const call = parseArguments(sweep, line.slice("sweep".length));
    expect(sweep.binds?.(call as never)?.name, row).toBe(variable);
  }
  const told = [
    ...helpText(sweep as MagicDefinition)
      .replace(/\s+/g, " ")
      .matchAll(/(\S+) gives (\w+)/g),
  ];
  expect(told).toHaveLength(3);
  for (const [, name = "", variable] of told) expect(sweepVariable(name)).toBe(variable);
});

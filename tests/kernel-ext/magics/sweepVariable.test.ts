import { expect, test } from "vitest";
import { cellNumbers } from "../../../kernel-ext/magics/cellNumbers.js";
import { MagicError } from "../../../kernel-ext/magics/magicError.js";
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

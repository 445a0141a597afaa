import { stripVTControlCharacters } from "node:util";
import { beforeEach, expect, it } from "vitest";
import { CellMaps } from "../../../kernel-ext/session/cellMaps.js";
import type { CellOutput } from "../../../kernel-ext/session/cellOutput.js";
import type { CellRecord } from "../../../kernel-ext/session/compiledCell.js";
import { SessionErrors } from "../../../kernel-ext/session/sessionErrors.js";

/** What is written below cells, and the cell that code runs for. */
const output = { cell: 4, written: [] as [cell: number, text: string][] };
let errors: SessionErrors;

beforeEach(() => {
  output.written = [];
  const sink = {
    get cell() {
      return output.cell;
    },
    writeMapped: (_name: string, text: string, cell: number) => output.written.push([cell, text]),
  };
  errors = new SessionErrors(sink as unknown as CellOutput, new CellMaps(), [] as CellRecord[]);
});

it("tells an error that no cell waits for below the cell whose code threw it, with what failed", () => {
  errors.reportLate(new RangeError("too far"), "A comm's handler failed");
  expect(output.written).toHaveLength(1);
  expect(output.written[0]?.[0]).toBe(4);
  expect(output.written[0]?.[1]).toMatch(/^A comm's handler failed: RangeError: too far/);
});

it("tells an error once that several promises fail with at the same time", () => {
  const error = new Error("shared");
  errors.reportUnhandled(error);
  errors.reportUnhandled(error);
  expect(output.written.map(([, text]) => text)).toEqual([
    expect.stringMatching(/^Unhandled rejection: Error: shared/),
  ]);
});

it("does not tell again what its cell failed with, but below another cell", () => {
  const error = new Error("mine");
  errors.report(error, 4);
  errors.reportUnhandled(error);
  expect(output.written).toEqual([]);
  output.cell = 5;
  errors.reportUnhandled(error);
  expect(output.written.map(([cell]) => cell)).toEqual([5]);
  output.cell = 4;
});

it("says how to wait for a promise that a cell gave as its value, until the next cell begins", () => {
  const error = new Error("late");
  const told = () => stripVTControlCharacters(errors.report(error, 4).traceback.join("\n"));
  expect(told()).not.toContain("await");
  errors.noteUnawaited(error);
  expect(told()).toContain("write await before the call");
  errors.begin();
  expect(told()).not.toContain("await");
});

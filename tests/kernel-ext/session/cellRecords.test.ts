import { expect, test } from "vitest";
import { CellRecords } from "../../../kernel-ext/session/cellRecords.js";
import type { CompiledCell } from "../../../kernel-ext/session/compiledCell.js";

const cell = (number: number) => ({ number, file: `cell-${number}.ts`, source: `${number}` }) as CompiledCell;

test("cells are kept as they went, and training of that cell only in which it was noted", () => {
  const cells = new CellRecords();
  cells.begin(cell(1));
  expect(cells.running).toEqual(cell(1));
  cells.noteTraining();
  cells.keep(cell(1), { status: "ok", milliseconds: 5 });
  cells.end();
  expect(cells.running).toBeUndefined();
  cells.begin(cell(2));
  cells.noteTraining();
  // A silent one is not kept.
  cells.end();
  cells.begin(cell(3));
  cells.keep(cell(3), { status: "error", milliseconds: 7 });
  expect(cells.list).toEqual([
    { ...cell(1), status: "ok", milliseconds: 5, trained: true },
    { ...cell(3), status: "error", milliseconds: 7 },
  ]);
});

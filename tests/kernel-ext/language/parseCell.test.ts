import { expect, it } from "vitest";
import { parseCell } from "../../../kernel-ext/language/parseCell.js";

it.each([
  ["const cfg = {\n lr: 0.1,\n units: 3\n epochs: 5 }", "Expected `,` or `}` but found `epochs`", 4, 2],
  ["[1, 2 3]", "Expected `,` or `]` but found `3`", 1, 7],
  ['console.log("a"\nconsole.log("b")', "Expected `,` or `)` but found `console`", 2, 1],
  ["foo(1", "Expected `)` before the end", 1, 6],
])("says where %o is wrong, in its own words", (source, message, line, column) => {
  expect(parseCell(source).errors).toMatchObject([{ message, line, column }]);
});

it("has no error for a cell of TypeScript, nor of TSX", () => {
  expect(parseCell("const a = <number>(1 as unknown)").errors).toEqual([]);
  expect(parseCell("const b = <b>1</b>").errors).toEqual([]);
});

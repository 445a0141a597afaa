import { expect, test } from "vitest";
import { csvCell } from "../../../src/base/csvCell.js";

test.each([
  ["train/loss", "train/loss"],
  ["a,b", '"a,b"'],
  ['say "a"', '"say ""a"""'],
  ["a\nb", '"a\nb"'],
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(1)", "'@SUM(1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", `"'\r=1"`],
  ["\n=1", `"'\n=1"`],
  ["＝1", "'＝1"],
  ["＋1", "'＋1"],
  ["－1", "'－1"],
  ["＠a", "'＠a"],
  ["a=1", "a=1"],
])("%j", (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test("raw only quotes", () => {
  expect(csvCell("=1", { raw: true })).toBe("=1");
  expect(csvCell("=1,2", { raw: true })).toBe('"=1,2"');
});

import { describe, expect, it } from "vitest";
import { inlineData } from "../../../../src/board/inlineData.js";
import { withPlainData } from "../../../../src/board/web/plainData.js";

describe("withPlainData", () => {
  it("gives the rows that inlineData was given, wherever they stand", () => {
    const rows = [
      [1, 'a "quoted", b', 0.5],
      [-2e300, "two\nlines", Number.NaN],
      [0, "", 3],
    ];
    const data = inlineData({ x: "number", s: "string", y: "number" }, rows);
    const values = [
      { x: 1, s: 'a "quoted", b', y: 0.5 },
      { x: -2e300, s: "two\nlines", y: null },
      { x: 0, s: null, y: 3 },
    ];
    expect(withPlainData({ data, layer: [{ ...{ data }, mark: "rule" }] })).toEqual({
      data: { values },
      layer: [{ data: { values }, mark: "rule" }],
    });
  });

  it("reads a first empty cell, and a table of one column", () => {
    const data = inlineData({ a: "number", b: "number" }, [[Number.NaN, 1]]);
    expect(withPlainData({ data })).toEqual({ data: { values: [{ a: null, b: 1 }] } });
    expect(withPlainData({ data: inlineData({ g: "number" }, [[7], [8]]) })).toEqual({
      data: { values: [{ g: 7 }, { g: 8 }] },
    });
  });

  it("leaves other data alone", () => {
    const spec = { data: { values: [{}] }, transform: [{ calculate: "1", as: "x" }] };
    expect(withPlainData(spec)).toEqual(spec);
  });
});

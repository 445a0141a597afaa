import { expect, it } from "vitest";
import { brokenNote } from "../../../../src/board/web/brokenNote.js";

it("says which values the triangles stand for, each once, and nothing where there is none", () => {
  const of = (...values: number[]) => ({ values: Float64Array.from(values) });
  expect(brokenNote([of(1, 2)])).toBe("");
  expect(brokenNote([of(1, Number.NaN, Number.NaN), of(-Infinity, Infinity)])).toBe(
    "▲ NaN, -Infinity, Infinity",
  );
});

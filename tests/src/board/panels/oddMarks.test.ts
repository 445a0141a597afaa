import { describe, expect, it } from "vitest";
import { brokenMarks, clippedMarks } from "../../../../src/board/panels/oddMarks.js";
import { scalarRows } from "../../../../src/board/panels/scalarRows.js";
import { labelled } from "../../../../src/board/series.js";
import { exampleRun, series } from "../exampleRuns.js";
import { panelStyle } from "../panelStyle.js";

const context = { style: panelStyle, step: "epoch" };
const rowsOf = (values: readonly number[]) =>
  scalarRows(["loss"], labelled([exampleRun("a", { loss: series(values) })]), panelStyle);

describe("brokenMarks", () => {
  it("is one layer where a value is not finite, and none elsewhere", () => {
    expect(brokenMarks(rowsOf([1, 2]), context)).toEqual([]);
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      const [mark, ...others] = brokenMarks(rowsOf([1, value]), context);
      expect(others).toEqual([]);
      expect(JSON.stringify(mark)).toContain('{"field":"x","title":"epoch","type":"quantitative"}');
    }
  });
});

describe("clippedMarks", () => {
  const color = {};
  const shapes = (values: readonly number[]) =>
    clippedMarks(rowsOf(values), { ...context, color, domain: [0, 10] }).map(
      ({ mark }) => (mark as { shape: string }).shape,
    );

  it("points up and down where finite values lie beyond the axis", () => {
    expect(shapes([0, 5, 10])).toEqual([]);
    expect(shapes([0, 11])).toEqual(["triangle-up"]);
    expect(shapes([-1, 5])).toEqual(["triangle-down"]);
    expect(shapes([-1, 11])).toEqual(["triangle-up", "triangle-down"]);
    expect(shapes([Infinity, -Infinity, Number.NaN])).toEqual([]);
  });
});

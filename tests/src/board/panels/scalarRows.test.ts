import { describe, expect, it } from "vitest";
import { scalarRows } from "../../../../src/board/panels/scalarRows.js";
import { labelled } from "../../../../src/board/series.js";
import { exampleRun, series } from "../exampleRuns.js";
import { panelStyle } from "../panelStyle.js";

const runs = labelled([
  exampleRun("a", { loss: series([3, 2, 1]), valLoss: series([4, 3], [0, 2]) }),
  exampleRun("b", { other: series([1]) }),
  exampleRun("c", { loss: series([5, 6, 7, 8], [0, 1, 1, 2]), valLoss: series([], []) }),
]);

describe("scalarRows", () => {
  it("has a row a point of each run that logged the tag, with the tag's place as its set", () => {
    const rows = scalarRows(["loss", "valLoss"], runs, panelStyle);
    expect(rows.map(({ run, set, x, value }) => [run, set, x, value])).toEqual([
      [0, 0, 0, 3],
      [0, 0, 1, 2],
      [0, 0, 2, 1],
      [2, 0, 0, 5],
      [2, 0, 1, 6],
      [2, 0, 1, 7],
      [2, 0, 2, 8],
      [0, 1, 0, 4],
      [0, 1, 2, 3],
    ]);
    expect(rows.every(({ levels }) => levels.length === 0)).toBe(true);
  });

  it("keeps the extremes of a long series and smooths before it leaves points out", () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i === 500 ? 9 : 0));
    const long = labelled([exampleRun("long", { loss: series(values) })]);
    const rows = scalarRows(["loss"], long, { ...panelStyle, smoothing: 0.9 });
    expect(rows.length).toBeLessThanOrEqual(panelStyle.points);
    const peak = rows.find(({ x }) => x === 500);
    // By hand: a tenth of it, and the weight of the start is gone.
    expect(peak?.smoothed).toBeCloseTo(0.9, 12);
  });

  it("measures from the run's first point of any tag where the axis is relative", () => {
    const late = exampleRun("late", {
      early: series([1]),
      loss: { ...series([2]), wallTimes: Float64Array.of(1_760_000_007) },
    });
    const [row] = scalarRows(["loss"], labelled([late]), { ...panelStyle, x: "relative" });
    expect(row?.x).toBe(7);
  });
});

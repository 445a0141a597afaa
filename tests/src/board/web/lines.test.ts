import { describe, expect, it } from "vitest";
import { type Line, linesOf, nearestPoint, valuesWithin, xExtent } from "../../../../src/board/web/lines.js";
import { series } from "../exampleRuns.js";

const line = (values: readonly number[], x: readonly number[] = values.map((_, i) => i)): Line => ({
  run: "a",
  tag: "loss",
  colour: "#000000",
  marker: "",
  dashed: false,
  x: Float64Array.from(x),
  steps: Float64Array.from(x),
  values: Float64Array.from(values),
  smoothed: Float64Array.from(values),
  wallTimes: Float64Array.from(x),
});

describe("linesOf", () => {
  it("smooths by TensorBoard's formula, dashes a second tag, and leaves out runs without a colour", () => {
    const answers = [
      { run: "a", tag: "loss", series: series([1, 2, 3]) },
      { run: "a", tag: "valLoss", series: series([4]) },
      { run: "hidden", tag: "loss", series: series([5]) },
    ];
    const lines = linesOf(answers, {
      smoothing: 0.6,
      x: "relative",
      colours: new Map([["a", "#123456"]]),
      starts: new Map([["a", 1_760_000_000]]),
      tags: ["loss", "valLoss"],
    });
    expect(lines.map(({ tag, dashed }) => [tag, dashed])).toEqual([
      ["loss", false],
      ["valLoss", true],
    ]);
    // pandas: Series([1, 2, 3]).ewm(alpha=0.4, adjust=True).mean()
    expect([...(lines[0]?.smoothed ?? [])]).toEqual([
      1,
      expect.closeTo(1.625, 12),
      expect.closeTo(2.326530612244898, 12),
    ]);
    expect([...(lines[0]?.x ?? [])]).toEqual([0, 0.25, 0.5]);
  });
});

describe("valuesWithin", () => {
  it("takes what lies in the domain and is finite", () => {
    expect([...valuesWithin([line([1, 2, Number.NaN, 4])], [1, 2])]).toEqual([2, 2]);
  });

  it("keeps, of very many, the ends and the smallest magnitude", () => {
    const many = Array.from({ length: 50_000 }, (_, i) => 10 + (i % 7));
    many[12_345] = 1e9;
    many[12_347] = -1e-9;
    many[12_349] = -5;
    const values = valuesWithin([line(many)], [0, 1e6]);
    expect(values.length).toBeLessThan(2100);
    expect([Math.min(...values), Math.max(...values)]).toEqual([-5, 1e9]);
    expect(values).toContain(-1e-9);
  });
});

describe("nearestPoint and xExtent", () => {
  it("need no order of positions", () => {
    const back = line([1, 2, 3, 4], [100, 50, 75, 20]);
    expect(nearestPoint(back, 70)).toBe(2);
    expect(xExtent([back])).toEqual([20, 100]);
    expect(nearestPoint(line([]), 1)).toBe(-1);
    expect(nearestPoint(line([1, 2, 3], [0, 10, 2000]), 150, [100, 300])).toBe(-1);
    expect(nearestPoint(line([1, 2, 3], [0, 290, 100]), 99, [100, 300])).toBe(2);
    expect(xExtent([line([])])).toBeUndefined();
  });
});

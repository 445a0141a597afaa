import { describe, expect, it } from "vitest";
import { type BoardVerdict, countsEpochs, verdictIndex, verdictLine } from "../../../src/board/verdicts.js";

const verdict: BoardVerdict = {
  problem: "Overfit",
  severity: "warning",
  message: "It does.",
  tags: ["epoch/valLoss"],
};
const points = { steps: [0, 10, 20, 30], wallTimes: [100, 110, 120, 130] };

describe("verdictIndex", () => {
  it("is the first point from the step on, or from the epoch on", () => {
    expect(verdictIndex({ ...verdict, step: 11 }, points, false)).toBe(2);
    expect(verdictIndex({ ...verdict, epoch: 20 }, points, true)).toBe(2);
  });

  it("is by the time where the series counts otherwise", () => {
    expect(verdictIndex({ ...verdict, epoch: 1, wallTime: 105 }, points, false)).toBe(1);
    expect(verdictIndex({ ...verdict, step: 1, wallTime: 121 }, points, true)).toBe(3);
  });

  it("is the last point for what came later, and -1 where nothing says when", () => {
    expect(verdictIndex({ ...verdict, step: 99 }, points, false)).toBe(3);
    expect(verdictIndex(verdict, points, false)).toBe(-1);
    expect(verdictIndex({ ...verdict, step: 0 }, { steps: [], wallTimes: [] }, false)).toBe(-1);
  });
});

describe("verdictLine", () => {
  it("says how bad it is, where, since when, what and what to try first", () => {
    expect(verdictLine("a", { ...verdict, epoch: 7, advice: "Stop early" })).toBe(
      "! Overfit of a, from epoch 7 (warning): It does. First: Stop early.",
    );
    expect(verdictLine("a", { ...verdict, severity: "error", layer: "dense_1", step: 3 })).toBe(
      "✗ Overfit of a in dense_1, from step 3 (error): It does.",
    );
    expect([countsEpochs("epoch/loss"), countsEpochs("train/loss")]).toEqual([true, false]);
  });
});

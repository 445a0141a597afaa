import { describe, expect, it } from "vitest";
import { inOriginalUnit } from "../../../src/fix/originalUnit.js";
import type { Outcome } from "../../../src/fix/outcome.js";
import type { RunData } from "../../../src/track/index.js";

const run = (layers: readonly object[] = [{}]) => ({ record: { model: { layers } } }) as unknown as RunData;
const outcome: Outcome = { metric: "valLoss", score: -0.25, value: 0.25 };
const loss = "meanSquaredError";

describe("inOriginalUnit", () => {
  it("multiplies a mean squared error by the square of what its targets were divided by", () => {
    // NumPy: y = [1, 5, 9]; d = y.std(); ((y - 4) / d) ** 2 and (y - 4) ** 2 have means that differ by d ** 2, 10.667
    const deviations = [Math.sqrt(32 / 3)];
    expect(inOriginalUnit(outcome, { run: run(), loss, deviations })).toEqual({
      metric: "valLoss",
      score: expect.closeTo(-8 / 3, 12),
      value: expect.closeTo(8 / 3, 12),
      scaledBy: expect.closeTo(32 / 3, 12),
    });
  });

  it("leaves what was not scaled, and accuracies", () => {
    expect(inOriginalUnit(outcome, { run: run(), loss, deviations: undefined })).toBe(outcome);
    const accuracy = { ...outcome, metric: "valAccuracy" };
    expect(inOriginalUnit(accuracy, { run: run(), loss, deviations: [2] })).toBe(accuracy);
    expect(inOriginalUnit(undefined, { run: run(), loss, deviations: [2] })).toBeUndefined();
  });

  it.each([
    ["it is no mean squared error (huber of your own)", { loss: "huber of your own" }],
    ["its 2 targets have a scale each, and it is the mean of them", { deviations: [2, 3] }],
    [
      "it includes penalties of the weights, which have no such unit",
      { run: run([{ penalties: { kernel: { l1: 0, l2: 0.1 } } }]) },
    ],
  ])("says that it cannot where %s", (otherUnit, given) => {
    const found = inOriginalUnit(outcome, { run: run(), loss, deviations: [2], ...given });
    expect(found).toEqual({ ...outcome, otherUnit });
  });
});

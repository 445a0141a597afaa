import { describe, expect, it } from "vitest";
import { beyondGuessing, nothingToLearn } from "../../../src/fix/guessing.js";
import { outcomeOf } from "../../../src/fix/outcome.js";
import type { RunData } from "../../../src/track/index.js";

/** Validated on 100 rows of each of two classes. */
function run(epochs: Readonly<Record<string, readonly number[]>>): RunData {
  const scalars = Object.entries(epochs).map(([metric, values]) => [
    `epoch/${metric}`,
    { steps: values.map((_, i) => i + 1), values: Float64Array.from(values), wallTimes: values },
  ]);
  const counts = { train: [50, 50], validation: [100, 100] };
  const record = () => ({ targets: [{ kind: "classes", classes: 2, counts }] });
  return {
    scalars: new Map(scalars as never),
    data: { record },
    record: { config: { loss: "crossEntropy" } },
  } as unknown as RunData;
}

describe("outcomeOf", () => {
  const curve = run({ valAccuracy: [0.6, 0.9, 0.95], valLoss: [0.7, 0.3, 0.5], accuracy: [0.6, 0.9, 1] });

  it("is that of the weights that were left: the last, or the best by what was watched", () => {
    expect(outcomeOf(curve)).toEqual({ metric: "valAccuracy", score: 0.95, value: 0.95, loss: 0.5 });
    // The highest accuracy is another epoch's.
    expect(outcomeOf(curve, { monitor: "valLoss" })).toEqual({
      metric: "valAccuracy",
      score: 0.9,
      value: 0.9,
      loss: 0.3,
      kept: { epoch: 2, last: 0.95 },
    });
    expect(outcomeOf(curve, { monitor: "accuracy" })).toMatchObject({ value: 0.95 });
  });

  it("is the mean recall of the classes where every class counts as much, with what it hides", () => {
    const epochs = { valAccuracy: [0.99, 0.95], valLoss: [0.1, 0.2] };
    const uneven = run({ ...epochs, valBalancedAccuracy: [0.5, 0.9], valLeastRecall: [0, 0.8] });
    expect(outcomeOf(uneven, undefined, { balanced: true })).toEqual({
      metric: "valBalancedAccuracy",
      score: 0.9,
      value: 0.9,
      loss: 0.2,
      accuracy: 0.95,
      leastRecall: 0.8,
    });
    expect(outcomeOf(uneven, { monitor: "valLoss" }, { balanced: true })).toMatchObject({
      value: 0.5,
      accuracy: 0.99,
      leastRecall: 0,
    });
    expect(outcomeOf(uneven)).toMatchObject({ metric: "valAccuracy", value: 0.95 });
    expect(outcomeOf(run(epochs), undefined, { balanced: true })).toMatchObject({ metric: "valAccuracy" });
  });

  it("finds the epoch as early stopping does: which way is better by the name, small gains left out", () => {
    const errors = run({
      valLoss: [3, 2, 1, 4],
      valMeanAbsoluteError: [0.9, 0.5, 0.45, 0.8],
      score: [1, 3, 2, 0],
    });
    const kept = (by: Parameters<typeof outcomeOf>[1]) => outcomeOf(errors, by)?.value;
    expect(kept({ monitor: "valMeanAbsoluteError" })).toBe(1);
    expect(kept({ monitor: "valMeanAbsoluteError", minDelta: 0.1 })).toBe(2);
    expect(kept({ monitor: "score", direction: "min" })).toBe(4);
    expect(kept({ monitor: "score", direction: "max" })).toBe(2);
  });

  it("scores a number that is none lowest, and a loss the other way round", () => {
    expect(outcomeOf(run({ loss: [1, Number.NaN] }))).toEqual({
      metric: "loss",
      score: Number.NEGATIVE_INFINITY,
      value: Number.NaN,
    });
    expect(outcomeOf(run({ loss: [Number.NaN, 2, 1] }), { monitor: "loss" })).toMatchObject({
      score: -1,
      value: 1,
    });
    expect(outcomeOf(run({}))).toBeUndefined();
  });
});

describe("beyondGuessing", () => {
  // 0.5 + 3 √(0.25 / 200) = 0.606; the entropy of two classes alike is ln 2 = 0.693.
  it.each([
    [0.61, 0.69, true],
    [0.6, 0.69, false],
    [0.6, 0.65, true],
  ])("takes an accuracy of %d and a loss of %d for more than guessing: %s", (accuracy, loss, expected) => {
    const one = run({ valAccuracy: [accuracy], valLoss: [loss] });
    expect(beyondGuessing(one, outcomeOf(one))).toBe(expected);
  });
});

it("takes a squared error of less than the targets' variance for more than guessing, but for a twentieth", () => {
  const regression = (valLoss: number, { loss = "meanSquaredError", columnCount = 1 } = {}): RunData => {
    const target = { kind: "values", columnCount, all: { std: 2 } };
    return {
      ...run({ valLoss: [valLoss] }),
      data: { record: () => ({ targets: [target] }) },
      record: { config: { loss } },
    } as unknown as RunData;
  };
  const judged = (one: RunData) => beyondGuessing(one, outcomeOf(one));
  expect([judged(regression(3.79)), judged(regression(3.81)), judged(regression(1e6))]).toEqual([
    true,
    false,
    false,
  ]);
  expect(judged(regression(1, { loss: "mine" }))).toBeUndefined();
  expect(judged(regression(1, { columnCount: 2 }))).toBeUndefined();
});

describe("nothingToLearn", () => {
  const shuffled = {
    accuracy: [0.6, 0.8, 0.9, 0.95, 1],
    valAccuracy: [0.52, 0.48, 0.5, 0.5, 0.49],
    valLoss: [0.7, 1, 2, 2.5, 3],
  };

  it("says of rows known by heart that nothing of it holds for others", () => {
    expect(nothingToLearn(run(shuffled))).toMatch(
      /^the training rows are known by heart \(accuracy 1\.00\), but on validation no epoch was better than guessing \(0\.520 at best, 0\.500/,
    );
  });

  it.each([
    ["training that failed too", { accuracy: [0.5, 0.5, 0.5, 0.5, 0.52] }],
    ["an epoch that was better", { valAccuracy: [0.7, 0.48, 0.5, 0.5, 0.49] }],
    ["last epochs that were better", { valAccuracy: [0.52, 0.48, 0.56, 0.56, 0.57] }],
    ["four epochs", { valAccuracy: [0.52, 0.48, 0.5, 0.5] }],
    ["a loss that was better", { valLoss: [0.6, 1, 2, 2.5, 3] }],
  ])("does not say it of %s", (_, other) => {
    expect(nothingToLearn(run({ ...shuffled, ...other }))).toBeUndefined();
  });
});

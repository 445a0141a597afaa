import { describe, expect, it } from "vitest";
import { faster, isUnfinished, longer } from "../../../src/fix/longer.js";
import type { RunData, RunStatus } from "../../../src/track/index.js";

function run(
  { valAccuracy, valLoss }: { valAccuracy: readonly number[]; valLoss: readonly number[] },
  status: RunStatus = "finished",
): RunData {
  const series = (values: readonly number[]) => ({
    steps: [],
    values: Float64Array.from(values),
    wallTimes: [],
  });
  return {
    record: { status },
    scalars: new Map([
      ["epoch/valAccuracy", series(valAccuracy)],
      ["epoch/valLoss", series(valLoss)],
    ]),
  } as unknown as RunData;
}

const rising = { valAccuracy: [0.5, 0.6, 0.7, 0.75, 0.78, 0.805], valLoss: [6, 5, 4, 3, 2, 1] };

describe("isUnfinished", () => {
  it("holds where validation still rises over the last third, and its loss is at its least", () => {
    expect(isUnfinished(run(rising))).toBe(true);
  });

  /** A convolutional net on clothes after its rate was lowered: 0.86 after as many epochs more. */
  const slow = {
    valAccuracy: [0.795, 0.811, 0.817, 0.813, 0.808, 0.828],
    valLoss: [0.545, 0.514, 0.537, 0.529, 0.527, 0.471],
  };

  it("holds where the loss alone falls by a twentieth of itself, unless nothing is left to gain", () => {
    expect(isUnfinished(run(slow))).toBe(true);
    expect(isUnfinished(run({ ...slow, valAccuracy: slow.valAccuracy.map((one) => one + 0.15) }))).toBe(
      false,
    );
    expect(isUnfinished(run({ ...slow, valLoss: [0.545, 0.5, 0.49, 0.48, 0.475, 0.471] }))).toBe(false);
  });

  it.each([
    [
      "rises by less than 0.02, and loses little",
      { valAccuracy: [0.5, 0.6, 0.7, 0.79, 0.8, 0.805], valLoss: [6, 5, 4, 1.02, 1.01, 1] },
    ],
    ["was lower before", { ...rising, valLoss: [6, 5, 4, 3, 0.9, 1] }],
    ["is too short", { valAccuracy: [0.5, 0.6], valLoss: [2, 1] }],
  ])("does not where it %s", (_, curves) => {
    expect(isUnfinished(run(curves))).toBe(false);
  });

  it("looks at the loss alone of a regression", () => {
    expect(isUnfinished(run({ valAccuracy: [], valLoss: slow.valLoss }))).toBe(true);
    expect(isUnfinished(run({ valAccuracy: [], valLoss: [0.545, 0.5, 0.49, 0.48, 0.475, 0.471] }))).toBe(
      false,
    );
  });

  it("does not of one that was stopped", () => {
    expect(isUnfinished(run(rising, "interrupted"))).toBe(false);
  });
});

it("prescribes twice as many epochs, of which the best is kept", () => {
  expect(longer(6, { why: "it rose", keepsBest: false })).toMatchObject({
    text: "Train twice as long, 6 → 12 epochs, and keep the best: it rose",
    code: "fit(model, dataset, { ...options, epochs: 12, restoreBest: true })",
    change: { fit: { epochs: 12, restoreBest: true } },
  });
  expect(longer(6, { why: "it rose", keepsBest: true }).change).toEqual({ fit: { epochs: 12 } });
});

it("prescribes three times the rate, as a line of the run's own", () => {
  const of = (config: object) => ({ ...run(rising), dir: "", record: { config } }) as unknown as RunData;
  const config = { optimizer: "sgd", learningRate: 0.01, epochs: 60, batchSize: 32, dataset: "moons" };
  expect(faster(of(config), "it rose")).toEqual({
    text: "Raise the learning rate, 0.01 → 0.03: it rose",
    code: expect.stringContaining("optimizer: sgd({ learningRate: 0.03 })"),
    change: { fit: { learningRate: 0.03 } },
  });
  expect(faster(of({}), "it rose")).toBeUndefined();
});

import { expect, it } from "vitest";
import { autotrainer } from "../../../bench/doctor/baselines/autotrainer.mjs";
import { quantile } from "../../../bench/doctor/baselines/recorded.mjs";
import { sagemaker } from "../../../bench/doctor/baselines/sagemaker.mjs";

const layer = (name: string) => ({ name, units: 4, weights: [`${name}/kernel`, `${name}/bias`] });

/** A run of two layers that learns, but for what is given; all series have as many values as the longest. */
function runWith(given: Record<string, number[]> = {}, status = "finished") {
  const usual: Record<string, number[]> = {
    "epoch/loss": [1, 0.5, 0.2],
    "epoch/valLoss": [1, 0.52, 0.21],
    "epoch/accuracy": [0.6, 0.8, 0.9],
    "epoch/valAccuracy": [0.6, 0.8, 0.9],
    "train/loss": [1, 0.7, 0.5, 0.3],
    ...Object.fromEntries(
      ["hidden_1", "output"].flatMap((name) => [
        [`gradientMeanAbs/${name}/kernel`, [1e-2, 1e-2, 1e-2]],
        [`gradientL2/${name}/kernel`, [0.1, 0.1, 0.1]],
        [`gradientZero/${name}/kernel`, [0.1, 0.1, 0.1]],
        [`gradientZero/${name}/bias`, [0, 0, 0]],
        [`gradientNonFinite/${name}/kernel`, [0, 0, 0]],
        [`updateRatio/${name}/kernel`, [1e-3, 1e-3, 1e-3]],
        [`activationSaturated/${name}`, [0, 0, 0]],
        [`activationMeanAbs/${name}`, [0.25, 0.25, 0.25]],
      ]),
    ),
    ...given,
  };
  const wide = { edges: [-1, -0.5, 0, 0.5, 1], counts: [5, 5, 5, 5] };
  const points = [{ step: 0, histogram: wide }];
  return {
    record: { status, model: { layers: [layer("hidden_1"), layer("output")] } },
    scalars: new Map(
      Object.entries(usual).map(([tag, values]) => [tag, { values, steps: values.map((_, i) => i) }]),
    ),
    histograms: new Map(
      ["hidden_1", "output"].flatMap((name) => [
        [`weights/${name}/kernel`, points],
        [`gradients/${name}/kernel`, points],
      ]),
    ),
  } as never;
}

const said = (verdicts: { problem: string; layer?: string }[]) =>
  verdicts.map(({ problem, layer }) => (layer === undefined ? problem : `${problem} ${layer}`));

it("finds nothing in a run that learns", () => {
  expect(sagemaker(runWith())).toEqual([]);
  expect(autotrainer(runWith())).toEqual([]);
});

it.each([
  [{ "gradientMeanAbs/hidden_1/kernel": [1e-2, 9e-8, 1e-2] }, ["VanishingGradient hidden_1"]],
  [{ "gradientMeanAbs/hidden_1/kernel": [1e-2, 1.1e-7, 1e-2] }, []],
  [{ "gradientNonFinite/output/kernel": [0, 1, 0] }, ["NotFinite"]],
  [{ "gradientZero/hidden_1/bias": [0, 0.51, 0] }, ["DyingReLU hidden_1"]],
  [{ "gradientZero/hidden_1/bias": [0, 0.5, 0] }, []],
  [{ "activationSaturated/hidden_1": [0, 0.51, 0] }, ["SaturatedActivation hidden_1"]],
  [{ "epoch/valLoss": [1, 0.56, 0.2] }, ["Overfit"]],
  [{ "updateRatio/hidden_1/kernel": [9e-6, 9e-6, 9e-6] }, ["DeadLayer hidden_1"]],
  [{ "updateRatio/hidden_1/kernel": [1e-3, 11, 1e-3] }, ["UpdateRatio hidden_1"]],
])("SageMaker's thresholds: %o", (given, problems) => {
  expect(said(sagemaker(runWith(given as unknown as Record<string, number[]>)))).toEqual(problems);
});

it("SageMaker's: the classes' ratio is above 10", () => {
  expect(said(sagemaker(runWith(), { classCounts: [111, 11] } as never))).toEqual(["ClassImbalance"]);
  expect(sagemaker(runWith(), { classCounts: [110, 11] } as never)).toEqual([]);
});

const low = { "epoch/valAccuracy": [0.3, 0.3, 0.3] };

it.each([
  [
    { ...low, "gradientL2/hidden_1/kernel": [9e-5], "gradientL2/output/kernel": [0.1] },
    ["VanishingGradient hidden_1"],
  ],
  // Relative alone is not enough.
  [{ ...low, "gradientL2/hidden_1/kernel": [2e-4], "gradientL2/output/kernel": [1] }, ["LearningRateTooLow"]],
  [{ ...low, "gradientL2/hidden_1/kernel": [7.1], "gradientL2/output/kernel": [0.1] }, ["ExplodingGradient"]],
  [{ ...low, "gradientZero/hidden_1/kernel": [0.7] }, ["DyingReLU hidden_1"]],
  [{ ...low, "activationMeanAbs/output": [0.3] }, ["OutputLossMismatch"]],
  [{ ...low, "activationMeanAbs/hidden_1": [10] }, ["UnnormalizedInput"]],
  [low, ["LearningRateTooLow"]],
  [{ "epoch/valAccuracy": [0.5, 0.9, 0.87, 0.9, 0.95] }, ["Oscillation"]],
  [{ "epoch/valAccuracy": [0.5, 0.9, 0.88, 0.9, 0.95] }, []],
  [{ "train/loss": [-0.1] }, ["OutputLossMismatch"]],
  // In a run that learns well odd gradients are none of its business.
  [{ "gradientL2/hidden_1/kernel": [7.1], "gradientL2/output/kernel": [0.1] }, []],
])("AUTOTRAINER's thresholds: %o", (given, problems) => {
  expect(said(autotrainer(runWith(given as unknown as Record<string, number[]>)))).toEqual(problems);
});

it("takes quantiles of histograms within their bins", () => {
  const even = { edges: [0, 1, 2, 3, 4], counts: [1, 1, 1, 1] };
  expect([0.25, 0.5, 0.9].map((share) => quantile(even, share))).toEqual([1, 2, 3.6]);
});

import { describe, expect, test } from "vitest";
import { tags } from "../../../../src/base/tags.js";
import { deadLayer } from "../../../../src/doctor/rules/deadLayer.js";
import { type RunView, viewRun } from "../../../../src/doctor/runView.js";
import type { ScalarSeries } from "../../../../src/track/index.js";
import { recordedRuns, runData } from "../recordedRuns.js";
import { repeat } from "./series.js";

/** Of one weight on each sampled step. */
interface Series {
  readonly l2: readonly number[];
  readonly ratio?: readonly number[];
  readonly nonFinite?: readonly number[];
  /** ‖w‖ */
  readonly norm?: readonly number[];
}

interface Made {
  readonly weights?: Readonly<Record<string, Series>>;
  readonly epochs?: Readonly<Record<string, readonly number[]>>;
  readonly config?: Record<string, number | string>;
}

function made({ weights = {}, epochs = {}, config = {} }: Made): RunView {
  const scalars = new Map<string, ScalarSeries>();
  const add = (tag: string, values: readonly number[] | undefined, every: number) => {
    if (!values) return;
    const steps = Float64Array.from(values, (_, i) => i * every);
    scalars.set(tag, { steps, values: Float64Array.from(values), wallTimes: steps });
  };
  for (const [weight, { l2, ratio, nonFinite, norm }] of Object.entries(weights)) {
    add(tags.gradientL2(weight), l2, 20);
    add(tags.updateRatio(weight), ratio, 20);
    add(tags.weightL2(weight), norm, 20);
    add(tags.gradientNonFinite(weight), nonFinite ?? l2.map(() => 0), 20);
  }
  for (const [metric, values] of Object.entries(epochs)) add(tags.epoch(metric), values, 1);
  const net = recordedRuns()[0] as ReturnType<typeof recordedRuns>[number];
  const data = runData({ ...net, layers: [] }, scalars);
  return viewRun({ ...data, record: { ...data.record, config } });
}

const alive = { l2: [1, 2, 3], ratio: [0.1, 0.1, 0.1] };
const silent = { l2: [0, 0, 0], ratio: [0, 0, 0] };
const still = { l2: [1, 2, 3], ratio: [0, 0, 0] };

function verdictOf(run: Made) {
  const judgement = deadLayer.judge(made(run));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

describe("DeadLayer", () => {
  test("fires where a layer's gradients are 0 on every sampled step, and on none less", () => {
    const weights = (first: Series) => ({ "a/kernel": first, "a/bias": silent, "b/kernel": alive });
    expect(verdictOf({ weights: weights(silent) })).toMatchObject({
      severity: "warning",
      layer: "a",
      step: 0,
      message:
        "The gradients of all weights of a are exactly 0 on all 3 sampled steps: nothing of the loss reaches them.",
      evidence: [{ value: 100, threshold: 100, crossed: "at least", tag: "gradientL2/a/kernel" }],
    });
    expect(verdictOf({ weights: weights({ ...alive, l2: [0, 1e-30, 0] }) })).toBe("healthy");
  });

  test("names several layers, and the last that is dead as the place where the gradient is lost", () => {
    const weights = Object.fromEntries(
      ["a", "b", "c", "d"].map((layer) => [`${layer}/kernel`, silent] as const),
    );
    const out = { "out/kernel": silent, "out/bias": alive };
    expect(verdictOf({ weights: { ...weights, ...out } })).toMatchObject({
      layer: "d",
      message:
        "The gradients of all weights of a, b and 2 more and of the kernel of out are exactly 0 on all 3 sampled steps: nothing of the loss reaches them.",
      evidence: [{ tag: "gradientL2/d/kernel" }],
    });
  });

  test("fires for a kernel alone, but not for a bias, a recurrent kernel or a scale beside others", () => {
    expect(verdictOf({ weights: { "a/kernel": silent, "a/bias": alive } })).toMatchObject({ layer: "a" });
    expect(verdictOf({ weights: { "a/kernel": alive, "a/bias": silent } })).toBe("healthy");
    expect(verdictOf({ weights: { "a/kernel": alive, "a/recurrent_kernel": silent } })).toBe("healthy");
    expect(verdictOf({ weights: { "a/gamma": silent, "a/beta": alive } })).toBe("healthy");
    expect(verdictOf({ weights: { "a/alpha": silent, "b/kernel": alive } })).toBe("healthy");
    expect(verdictOf({ weights: { "a/w": silent, "b/kernel": alive } })).toMatchObject({ layer: "a" });
  });

  test("fires where weights stay though they have a gradient, and prescribes a higher rate", () => {
    const weights = { "a/kernel": still, "b/kernel": alive };
    const verdict = verdictOf({ weights, config: { optimizer: "sgd", learningRate: 1e-9, epochs: 3 } });
    expect(verdict).toMatchObject({
      layer: "a",
      message: "All weights of a stayed unchanged on all 3 sampled steps, though there were gradients.",
      evidence: [{ tag: "updateRatio/a/kernel" }],
    });
    expect((verdict as Exclude<typeof verdict, string>).prescription[0]?.code).toBe(
      "fit(model, dataset, { optimizer: sgd({ learningRate: 1e-7 }), epochs: 3 })",
    );
    expect(verdictOf({ weights: { "a/kernel": { l2: [1, 1, 1] } } })).toBe("healthy");
    expect(verdictOf({ weights: { "a/kernel": { ...alive, ratio: [0, 0, 1e-9] } } })).toBe("healthy");
  });

  test("of all weights that stay, names the rate where gradients are of some size, else what makes them small", () => {
    const all = (l2: number) => {
      const weight = { l2: repeat(l2, 3), ratio: repeat(0, 3), norm: repeat(10, 3) };
      return verdictOf({ weights: { "a/kernel": weight, "b/kernel": weight } });
    };
    expect(all(0.011)).toMatchObject({ mayFollow: ["LearningRateTooLow"] });
    expect(all(0.009)).toMatchObject({
      mayFollow: expect.arrayContaining(["BadInitialization", "VanishingGradient"]),
    });
  });

  test("is an error where the run learns badly, a warning where it learns", () => {
    const weights = { "a/kernel": silent, "b/kernel": alive };
    expect(verdictOf({ weights, epochs: { accuracy: [0.1, 0.1, 0.1] } })).toMatchObject({
      severity: "error",
      evidence: [{}, { what: "accuracy", value: 0.1 }],
    });
    expect(verdictOf({ weights, epochs: { accuracy: [0.1, 0.8, 0.9] } })).toMatchObject({
      severity: "warning",
    });
    const kernel = { "a/kernel": silent, "a/bias": alive };
    expect(verdictOf({ weights: kernel, epochs: { accuracy: [0.1, 0.1, 0.1] } })).toMatchObject({
      severity: "warning",
    });
  });

  test("leaves steps out that are not finite, needs three, and nothing where there is nothing to learn", () => {
    const l2 = [0, 0, 0, 0];
    expect(verdictOf({ weights: { "a/kernel": { l2, nonFinite: [0, 0, 0, 5] } } })).toMatchObject({
      message: expect.stringContaining("all 3 sampled steps"),
    });
    expect(verdictOf({ weights: { "a/kernel": { l2, nonFinite: [0, 0, 5, 5] } } })).toBe("notEnough");
    expect(verdictOf({})).toBe("notEnough");
    expect(verdictOf({ weights: { "a/kernel": silent }, epochs: { loss: [0, 0] } })).toBe("healthy");
  });
});

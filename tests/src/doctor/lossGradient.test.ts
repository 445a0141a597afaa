import { expect, it } from "vitest";
import { tags } from "../../../src/base/tags.js";
import { lossGradient } from "../../../src/doctor/lossGradient.js";
import { viewRun } from "../../../src/doctor/runView.js";
import { modelSummary } from "../../../src/models/summary.js";
import { tf } from "../../../src/native/index.js";
import { recordedRuns, runData } from "./recordedRuns.js";

/** Of `a/kernel`, which holds 3, 0, −4 and has this penalty, on three steps the gradient that `of` gives. */
function judged(
  kernelRegularizer: ReturnType<typeof tf.regularizers.l2> | undefined,
  of: (w: number) => number,
) {
  const { model, record, ...data } = parts(kernelRegularizer);
  const kernel = [3, 0, -4];
  const gradient = kernel.map(of);
  const series = (value: number) => {
    const steps = Float64Array.of(0, 1, 2);
    return { steps, wallTimes: steps, values: steps.map(() => value) };
  };
  const scalars = new Map([
    [tags.weightL2("a/kernel"), series(Math.hypot(...kernel))],
    [tags.gradientL2("a/kernel"), series(Math.hypot(...gradient))],
    [tags.gradientMax("a/kernel"), series(Math.max(...gradient.map(Math.abs)))],
    [tags.gradientMeanAbs("a/kernel"), series(gradient.reduce((sum, g) => sum + Math.abs(g), 0) / 3)],
    [tags.gradientZero("a/kernel"), series(gradient.filter((g) => g === 0).length / 3)],
  ]);
  return lossGradient(viewRun({ ...data, record: { ...record, model }, scalars }), "a/kernel", [0, 1, 2]);
}

function parts(kernelRegularizer: ReturnType<typeof tf.regularizers.l2> | undefined) {
  const layer = tf.layers.dense({
    units: 1,
    inputShape: [3],
    name: "a",
    ...(kernelRegularizer && { kernelRegularizer }),
  });
  const net = recordedRuns()[0] as ReturnType<typeof recordedRuns>[number];
  return { ...runData(net), model: modelSummary(tf.sequential({ layers: [layer] })) };
}

it("is none where the gradient is 0, or that of the weight's L1 or L2 penalty", () => {
  const { l1, l2 } = tf.regularizers;
  expect(judged(undefined, () => 0)).toBe("none");
  expect(judged(undefined, (w) => 0.02 * w)).toBe("some");
  expect(judged(l2({ l2: 0.01 }), (w) => 0.02 * w)).toBe("none");
  expect(judged(l2({ l2: 0.01 }), (w) => 0.02001 * w)).toBe("some");
  expect(judged(l1({ l1: 0.01 }), (w) => 0.01 * Math.sign(w))).toBe("none");
  expect(judged(l1({ l1: 0.01 }), (w) => 0.01 * Math.sign(w) + 1e-4)).toBe("some");
});

it("is unknown of L1 and L2 together, unless it is 0", () => {
  const both = tf.regularizers.l1l2({ l1: 0.01, l2: 0.01 });
  expect(judged(both, (w) => 0.02 * w + 0.01 * Math.sign(w))).toBe("unknown");
  expect(judged(both, () => 0)).toBe("none");
});

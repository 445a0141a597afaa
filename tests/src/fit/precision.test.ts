/** Trainings whose products are in bfloat16. */
import { describe, expect, it, vi } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { fit as fitModel } from "../../../src/fit.js";
import { mlp } from "../../../src/models/index.js";
import { bfloat16Lacks } from "../../../src/native/bfloat16Support.js";
import { tf } from "../../../src/native/index.js";
import { readRun } from "../../../src/track/index.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { digits, stage, track } from "./trainingScene.js";

stage();

const wide = (seed = 0) =>
  mlp({ inputShape: [28, 28, 1], hidden: [256, 256], classes: 10, dropout: 0.1, seed });
const options = { epochs: 3, batchSize: 128, seed: 3 } as const;
const lacks = bfloat16Lacks();

async function trained(more: Partial<FitOptions>) {
  const model = wide();
  const run = await fitModel(model, digits, { ...options, track: false, ...more });
  return { run, weights: model.getWeights().map((weight) => [...weight.dataSync()]) };
}

describe.skipIf(lacks)(`precision: "bfloat16"${lacks ? `, which needs ${lacks}` : ""}`, () => {
  it("comes within a point of float32's accuracy on digits, by other numbers", async () => {
    const { run: narrow } = await trained({ precision: "bfloat16" });
    const { run: full } = await trained({ precision: "float32" });
    expect(narrow.history.loss).not.toEqual(full.history.loss);
    expect(full.best("valAccuracy")).toBeGreaterThan(0.88);
    expect(Math.abs(narrow.best("valAccuracy") - full.best("valAccuracy"))).toBeLessThanOrEqual(0.01);
    const apart = Math.abs(narrow.history.loss.at(-1)! / full.history.loss.at(-1)! - 1);
    expect(apart).toBeLessThan(0.03);
  });

  it("is recorded, repeats to the last bit, and so does what is resumed", async () => {
    const whole = await trained({ precision: "bfloat16", checkpoint: true, track: track("whole") });
    expect(readRun(whole.run.dir ?? "").record.config.precision).toBe("bfloat16");
    await trained({ precision: "bfloat16", epochs: 1, checkpoint: true, track: track("parts") });
    const parts = { checkpoint: true, track: track("parts"), resume: "parts" } as const;
    await expect(trained(parts)).rejects.toThrow(
      /the same precision to resume run "parts-\w+", which had "bfloat16"; it was given "float32"/,
    );
    const resumed = await trained({ ...parts, precision: "bfloat16" });
    expect(resumed.run.history).toEqual(whole.run.history);
    expect(resumed.weights).toEqual(whole.weights);
  });

  it("says once that what cannot be captured computes in float32", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    class Reads extends tf.layers.Layer {
      static readonly className = "ReadsOnHost";
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        const [x] = Array.isArray(inputs) ? inputs : [inputs];
        tf.neg(x as tf.Tensor).dataSync();
        return tf.mul(x as tf.Tensor, 1);
      }
    }
    const few = arrays({ x: [[0], [1], [2], [3]], y: [0, 1, 0, 1] });
    const net = () =>
      tf.sequential({ layers: [new Reads({ inputShape: [1] }), tf.layers.dense({ units: 2 })] });
    const tiny = { epochs: 1, track: false, loss: "crossEntropy" } as const;
    for (const precision of ["float32", "bfloat16", "bfloat16"] as const)
      await fitModel(net(), few, { ...tiny, precision });
    const said = warn.mock.calls.map(([text]) => String(text)).filter((text) => text.includes("without"));
    warn.mockRestore();
    expect(said).toHaveLength(2);
    expect(said[0]).toContain("which is slower: the values of");
    expect(said[1]).toContain("which is slower, and computes in float32: the values of");
  });
});

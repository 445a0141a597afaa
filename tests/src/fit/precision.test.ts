/** Trainings whose products are in a narrow type. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { fit as fitModel } from "../../../src/fit.js";
import { mlp } from "../../../src/models/index.js";
import { tf } from "../../../src/native/index.js";
import { narrowLacks } from "../../../src/native/narrowSupport.js";
import { readRun } from "../../../src/track/index.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { digits, stage, track } from "./trainingScene.js";

stage();

const wide = (seed = 0) =>
  mlp({ inputShape: [28, 28, 1], hidden: [256, 256], classes: 10, dropout: 0.1, seed });
const options = { epochs: 3, batchSize: 128, seed: 3 } as const;

async function trained(more: Partial<FitOptions>) {
  const model = wide();
  const run = await fitModel(model, digits, { ...options, track: false, ...more });
  return { run, weights: model.getWeights().map((weight) => [...weight.dataSync()]) };
}

/** What all of these trainings warned of. */
const warnings: string[] = [];
beforeAll(() => {
  vi.spyOn(console, "warn").mockImplementation((text) => void warnings.push(String(text)));
});
afterAll(() => {
  vi.restoreAllMocks();
});

describe.each(["bfloat16", "float16"] as const)("precision: %s", (precision) => {
  const lacks = precision === "bfloat16" ? narrowLacks(precision) : undefined;
  /** So that the scale moves before the training is cut short, and after. */
  const scaled = precision === "float16" ? { lossScale: { initial: 2 ** 30, growthInterval: 5 } } : {};

  describe.skipIf(lacks)(lacks ? `which needs ${lacks}` : "here", () => {
    it("comes within a point of float32's accuracy on digits, by other numbers", async () => {
      const { run: narrow } = await trained({ precision });
      const { run: full } = await trained({ precision: "float32" });
      expect(narrow.history.loss).not.toEqual(full.history.loss);
      expect(full.best("valAccuracy")).toBeGreaterThan(0.88);
      expect(Math.abs(narrow.best("valAccuracy") - full.best("valAccuracy"))).toBeLessThanOrEqual(0.01);
      const apart = Math.abs(narrow.history.loss.at(-1)! / full.history.loss.at(-1)! - 1);
      expect(apart).toBeLessThan(0.03);
    });

    it("is recorded, repeats to the last bit, and so does what is resumed", async () => {
      const [whole, name] = [`${precision}-whole`, `${precision}-parts`];
      const all = await trained({ precision, ...scaled, checkpoint: true, track: track(whole) });
      const { record, scalars } = readRun(all.run.dir ?? "");
      expect(record.config.precision).toBe(precision);
      await trained({ precision, ...scaled, maxSteps: 31, checkpoint: true, track: track(name) });
      const parts = { checkpoint: true, track: track(name), resume: name } as const;
      await expect(trained(parts)).rejects.toThrow(
        new RegExp(
          `the same precision to resume run "${name}-\\w+", which had "${precision}"; it was given "float32"`,
        ),
      );
      const resumed = await trained({ ...parts, precision, ...scaled });
      expect(resumed.run.history).toEqual(all.run.history);
      expect(resumed.weights).toEqual(all.weights);
      const again = readRun(resumed.run.dir ?? "").scalars;
      expect([...again.keys()]).toEqual([...scalars.keys()]);
      for (const [tag, { steps, values }] of scalars) {
        expect([...(again.get(tag)?.steps ?? [])], tag).toEqual([...steps]);
        expect([...(again.get(tag)?.values ?? [])], tag).toEqual([...values]);
      }
      const scales = [...(scalars.get("train/lossScale")?.values ?? [])];
      if (precision === "bfloat16") return expect(scales).toEqual([]);
      expect(record.config.lossScale).toMatchObject({ initial: 2 ** 30, moves: { growthInterval: 5 } });
      const falls = (some: number[]) =>
        some.filter((scale, i) => i > 0 && scale < (some[i - 1] as number)).length;
      expect(falls(scales.slice(0, 31))).toBeGreaterThan(5);
      expect(falls(scales.slice(31))).toBeGreaterThan(1);
      await expect(
        trained({ ...parts, precision, lossScale: { ...scaled.lossScale, growthInterval: 6 } }),
      ).rejects.toThrow(/the same lossScale.moves.growthInterval to resume/);
    });
  });
});

it("says once that what cannot be captured computes in float32", async () => {
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
  for (const precision of ["float32", "float16", "float16"] as const)
    await fitModel(net(), few, { ...tiny, precision });
  const said = warnings.filter((text) => text.includes("without"));
  expect(said).toHaveLength(2);
  expect(said[0]).toContain("which is slower: the values of");
  expect(said[1]).toContain("which is slower, and computes in float32: the values of");
});

it.skipIf(!narrowLacks("float16"))("has said once that float16 is slow here", () => {
  expect(warnings.filter((text) => text.includes("slow here"))).toEqual([
    expect.stringMatching(
      /^tunelab: precision "float16" is slow here, where .*"float32" is faster: it needs a GPU, or /,
    ),
  ]);
});

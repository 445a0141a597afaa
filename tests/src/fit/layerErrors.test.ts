/** What a layer of the person's own throws in a training: told with the layer and their line, whatever kind of step it is. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { fit as fitModel } from "../../../src/fit.js";
import { tf } from "../../../src/native/index.js";
import { profileOps } from "../../../src/native/opProfile.js";
import { readRun } from "../../../src/track/index.js";
import { folder, stage, track } from "./trainingScene.js";

stage();

const points = arrays({
  x: Array.from({ length: 64 }, (_, i) => [i % 2, (i >> 1) % 2]),
  y: Array.from({ length: 64 }, (_, i) => (i % 2) ^ ((i >> 1) % 2)),
  classes: 2,
  validation: 0.25,
});

/** Adds what does not fit, from the n-th time on, or only where nothing is trained. */
class Adds extends tf.layers.Layer {
  static readonly className = "Adds";
  #calls = 0;
  readonly #first: number | "validation";
  constructor(first: number | "validation") {
    super({ name: "adds" });
    this.#first = first;
  }
  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean } = {}): tf.Tensor {
    const [x] = (Array.isArray(inputs) ? inputs : [inputs]) as [tf.Tensor];
    const fails = this.#first === "validation" ? !training : this.#calls++ >= this.#first;
    return fails ? tf.add(x, tf.ones([5])) : x;
  }
}

const model = (first: number | "validation") =>
  tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [2] }),
      new Adds(first),
      tf.layers.dense({ units: 2, activation: "softmax" }),
    ],
  });
const told =
  /^in layer "adds" \(Adds\), at tests\/src\/fit\/layerErrors\.test\.ts:\d+:\d+: Add\(float32\[\d+,4\], float32\[5\]\) failed/;
const options = { epochs: 1, batchSize: 16, progress: false, track: false } as const;

it("in a captured step", async () => {
  await expect(fitModel(model(0), points, options)).rejects.toThrow(told);
});

it("in a step that runs op by op", async () => {
  await expect(profileOps(() => fitModel(model(0), points, options), { eager: true })).rejects.toThrow(told);
});

it("in a plain step after a sampled one, or in that, and in the run's record", async () => {
  for (const calls of [0, 1]) {
    const name = `adds${calls}`;
    await expect(fitModel(model(calls), points, { ...options, track: track(name) })).rejects.toThrow(told);
    const dir = readdirSync(folder).find((file) => file.includes(name)) as string;
    const { status, error } = readRun(join(folder, dir)).record;
    expect(status).toBe("failed");
    expect(error?.message).toMatch(told);
  }
});

it("in a step of validation", async () => {
  await expect(fitModel(model("validation"), points, options)).rejects.toThrow(told);
});

// What recording adds to a step of `fit`: histograms of every layer's weights, gradients and activations.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { data, tf, fit as train } from "../../dist/src/index.js";
import { median } from "../shared/report.mjs";
import { models } from "../step/models/models.mjs";

/** Steps of one training: about as many as five epochs of MNIST have for the MLP (4,295), the half of one for the CNN. */
const steps = { mlp: 4000, cnn: 400 };
const kinds = {
  plain: false,
  default: {},
  every10: { sampleEvery: 10 },
  every10Exact: { sampleEvery: 10, histogramEntries: "all" },
};

/**
 * Trains a model in turn without a record and with each; a training's first run compiles and is not counted.
 *
 * @returns for each model the milliseconds of a step without a record, and for each kind of record the share it adds: the
 *   median over the rounds of its time to that of the plain training beside it
 */
export async function measureOverhead({ short }) {
  const dir = mkdtempSync(join(tmpdir(), "tunelab-bench-"));
  try {
    const measured = {};
    for (const name of Object.keys(steps)) measured[name] = await ofModel(name, { dir, short });
    return measured;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function ofModel(name, { dir, short }) {
  const { inputShape, batchSize, build } = models[name];
  const count = steps[name] / (short ? 5 : 1);
  const samples = 32 * batchSize;
  const x = tf.randomUniform([samples, ...inputShape], 0, 1, "float32", 1);
  const y = Int32Array.from({ length: samples }, (_, i) => i % 10);
  const given = data.arrays({ x, y, classes: 10 });
  const time = async (record) => {
    const model = build(tf);
    const ends = [];
    const callbacks = [{ epoch: () => ends.push(performance.now()) }];
    const track = record && { name: `overhead-${name}`, dir, ...record };
    const options = {
      epochs: Math.ceil(count / 32) + 1,
      batchSize,
      seed: 1,
      progress: false,
      verbose: false,
      track,
      callbacks,
    };
    await train(model, given, options);
    model.dispose();
    // Without opening the run, which is once a training.
    return (ends.at(-1) - ends[0]) / (32 * (ends.length - 1));
  };
  for (const record of Object.values(kinds)) await time(record);
  const rounds = [];
  for (let round = 0; round < (short ? 2 : 7); round++) {
    const times = {};
    for (const [kind, record] of Object.entries(kinds)) times[kind] = await time(record);
    rounds.push(times);
  }
  const added = (kind) => median(rounds.map((times) => times[kind] / times.plain)) - 1;
  return {
    plain: median(rounds.map(({ plain }) => plain)),
    default: added("default"),
    every10: added("every10"),
    every10Exact: added("every10Exact"),
  };
}

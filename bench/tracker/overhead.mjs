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
 * Trains a model in turn without a record and with each, in every round from another of them on; a training's first run compiles
 * and is not counted.
 *
 * @returns for each model `plain`, the milliseconds of a step without a record, and for each kind of record the share it adds,
 *   0.01 for 1 %, as { clock, processor }: the median over the rounds of its time to that of the plain training beside it, by the
 *   clock and by the processor's time of all threads, which says more where the machine has other work
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
    const callbacks = [{ epoch: () => ends.push({ clock: performance.now(), processor: processorTime() }) }];
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
    const [first, last] = [ends[0], ends.at(-1)];
    const ofStep = (by) => (last[by] - first[by]) / (32 * (ends.length - 1));
    return { clock: ofStep("clock"), processor: ofStep("processor") };
  };
  for (const record of Object.values(kinds)) await time(record);
  const rounds = [];
  for (let round = 0; round < (short ? 2 : 13); round++) {
    const times = {};
    for (const kind of turned(Object.keys(kinds), round)) times[kind] = await time(kinds[kind]);
    rounds.push(times);
  }
  const share = (kind, by) => median(rounds.map((times) => times[kind][by] / times.plain[by])) - 1;
  const added = (kind) => ({ clock: share(kind, "clock"), processor: share(kind, "processor") });
  return {
    plain: median(rounds.map(({ plain }) => plain.clock)),
    default: added("default"),
    every10: added("every10"),
    every10Exact: added("every10Exact"),
  };
}

/** The same, in the same order, from another one on. */
function turned(all, by) {
  return all.map((_, i) => all[(i + by) % all.length]);
}

/** Milliseconds of all threads of this process so far. */
function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

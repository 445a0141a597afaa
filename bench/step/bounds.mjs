// What a step asks of this machine: its floating-point operations at the rate of a large product of matrices, and what
// Adam has to read and write, at the rate of a copy that no cache holds. Usage: node bounds.mjs MODEL …; prints one line
// of JSON. What else is computed, and activations that do not stay in the caches, come on top; of a model whose weights and
// moments stay in them, the second part takes less.
import { profileOps, tf } from "../../dist/src/native/index.js";
import { adam } from "../../dist/src/optim/index.js";
import { createCapturedStep } from "../../dist/src/train/capturedStep.js";
import { batch, models } from "./models/models.mjs";

/** Of a weight: its gradient, itself and both moments are read, the last three and the gradient written; float32. */
const bytesPerWeight = 8 * 4;

const flopsPerSecond = rate(product(2048));
const bytesPerSecond = rate(copy(2 ** 25));
const steps = {};
for (const name of process.argv.slice(2)) steps[name] = await bound(name);
console.log(JSON.stringify({ flopsPerSecond, bytesPerSecond, steps }));

async function bound(name) {
  const model = models[name].build(tf);
  const optimizer = adam();
  const step = createCapturedStep(model, { loss: "crossEntropy", optimizer });
  const given = batch(tf, name);
  const { learningRate } = optimizer;
  const { ops } = await profileOps(() => step.run(given, { learningRate, seed: 0 }), { eager: true });
  step.dispose();
  const flops = ops.reduce((sum, op) => sum + (op.flops ?? 0), 0);
  const weights = model.trainableWeights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape), 0);
  const stateBytes = weights * bytesPerWeight;
  const milliseconds = 1000 * (flops / flopsPerSecond + stateBytes / bytesPerSecond);
  return { flops, stateBytes, milliseconds };
}

/** The most of nine rounds in a second; other programs only ever make it less. */
function rate({ run, work }) {
  let best = 0;
  for (let round = 0; round < 9; round++) {
    const begin = performance.now();
    run();
    best = Math.max(best, (1000 * work) / (performance.now() - begin));
  }
  return best;
}

function product(size) {
  const a = tf.randomUniform([size, size]);
  const run = () => a.matMul(a).dispose();
  return { run, work: 2 * size ** 3 };
}

/** Reads and writes float32 values. */
function copy(values) {
  const a = tf.zeros([values]);
  const run = () => a.neg().dispose();
  return { run, work: 2 * 4 * values };
}

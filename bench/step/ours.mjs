// tunelab's captured step. Arguments: the precision of its products, default float32; how many steps a call takes, default 1.
import { nativeInfo, tf } from "../../dist/src/native/index.js";
import { adam } from "../../dist/src/optim/index.js";
import { createCapturedStep } from "../../dist/src/train/capturedStep.js";
import { serve } from "../shared/serve.mjs";
import { batch, models } from "./models/models.mjs";

const [, , precision = "float32", perCall = "1"] = process.argv;
const several = Number(perCall);
const optimizer = adam();
const { learningRate } = optimizer;
const prepared = new Map();
let seed = 0;

function prepare(name) {
  const options = { loss: "crossEntropy", optimizer, precision, stepsPerExecution: several };
  const step = createCapturedStep(models[name].build(tf), options);
  return { step, batches: new Map() };
}

/** Of the model's usual size where none is asked for. */
function batchOf(name, batchSize = models[name].batchSize) {
  const given = batch(tf, name, batchSize);
  // Each step gathers its rows from what is resident, here all of the batch in another order.
  const rows = Int32Array.from({ length: several * batchSize }, (_, i) => (i * 7) % batchSize);
  return { given, rows };
}

/** @returns the losses of one call */
async function call({ step, given, rows }) {
  const options = () => ({ learningRate, seed: seed++ });
  if (several === 1) return [(await step.run(given, options())).loss];
  const results = await step.runSteps(given, rows, Array.from({ length: several }, options));
  return results.map(({ loss }) => loss);
}

await serve(
  { versions: `tunelab on TensorFlow ${nativeInfo().tensorflow}, ${precision}, ${several} steps a call` },
  async ({ model, steps, batchSize }) => {
    if (!prepared.has(model)) prepared.set(model, prepare(model));
    const { step, batches } = prepared.get(model);
    if (!batches.has(batchSize)) batches.set(batchSize, batchOf(model, batchSize));
    const training = { step, ...batches.get(batchSize) };
    const milliseconds = [];
    while (milliseconds.length < steps) {
      const start = performance.now();
      const losses = await call(training);
      const each = (performance.now() - start) / several;
      milliseconds.push(...losses.map(() => each));
      const wrong = losses.find((loss) => !Number.isFinite(loss));
      if (wrong !== undefined) throw new Error(`the loss became ${wrong}`);
    }
    const { eagerReasons, captures } = step;
    if (eagerReasons.length > 0) throw new Error(`not captured: ${eagerReasons.join("; ")}`);
    return { milliseconds, captures };
  },
);

// tunelab's captured step. Argument: the precision of its products, default float32.
import { nativeInfo, tf } from "../../dist/src/native/index.js";
import { adam } from "../../dist/src/optim/index.js";
import { createCapturedStep } from "../../dist/src/train/capturedStep.js";
import { serve } from "../shared/serve.mjs";
import { batch, models } from "./models/models.mjs";

const [, , precision = "float32"] = process.argv;
const optimizer = adam();
const prepared = new Map();
let seed = 0;

function prepare(name) {
  const step = createCapturedStep(models[name].build(tf), { loss: "crossEntropy", optimizer, precision });
  return { step, given: batch(tf, name) };
}

await serve(
  { versions: `tunelab on TensorFlow ${nativeInfo().tensorflow}, ${precision}` },
  async ({ model, steps }) => {
    if (!prepared.has(model)) prepared.set(model, prepare(model));
    const { step, given } = prepared.get(model);
    const milliseconds = [];
    for (let i = 0; i < steps; i++) {
      const start = performance.now();
      const { loss } = await step.run(given, { learningRate: optimizer.learningRate, seed: seed++ });
      milliseconds.push(performance.now() - start);
      if (!Number.isFinite(loss)) throw new Error(`the loss became ${loss}`);
    }
    if (step.eagerReasons.length > 0) throw new Error(`not captured: ${step.eagerReasons.join("; ")}`);
    return { milliseconds };
  },
);

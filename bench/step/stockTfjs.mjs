// Stock TensorFlow.js, eagerly, on the same native library: its own gradients, its own trainOnBatch.
import { tf } from "../../dist/src/native/backend.js";
import { serve } from "../shared/serve.mjs";
import { batch, models } from "./models/models.mjs";

const prepared = new Map();

function prepare(name) {
  const model = models[name].build(tf);
  model.compile({ optimizer: tf.train.adam(0.001), loss: "categoricalCrossentropy" });
  const { x, y } = batch(tf, name);
  return { model, x, y: tf.oneHot(y, 10) };
}

await serve({ versions: `TensorFlow.js ${tf.version.tfjs}` }, async (request) => {
  if (!prepared.has(request.model)) prepared.set(request.model, prepare(request.model));
  const { model, x, y } = prepared.get(request.model);
  const milliseconds = [];
  for (let i = 0; i < request.steps; i++) {
    const start = performance.now();
    const loss = await model.trainOnBatch(x, y);
    milliseconds.push(performance.now() - start);
    if (!Number.isFinite(loss)) throw new Error(`the loss became ${loss}`);
  }
  return { milliseconds };
});

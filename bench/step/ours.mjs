// tunelab's captured step.
import { nativeInfo, tf } from "../../dist/src/native/index.js";
import { adam } from "../../dist/src/optim/index.js";
import { createCapturedStep } from "../../dist/src/train/capturedStep.js";
import { serve } from "../shared/serve.mjs";
import { batch, build } from "./models.mjs";

const optimizer = adam();
const steps = Object.fromEntries(
  ["mlp", "cnn"].map((name) => [
    name,
    {
      step: createCapturedStep(build(tf, name), { loss: "crossEntropy", optimizer }),
      batch: batch(tf, name),
    },
  ]),
);
let seed = 0;

await serve({ versions: `tunelab on TensorFlow ${nativeInfo().tensorflow}` }, async (request) => {
  const { step, batch } = steps[request.model];
  const milliseconds = [];
  for (let i = 0; i < request.steps; i++) {
    const start = performance.now();
    const { loss } = await step.run(batch, { learningRate: optimizer.learningRate, seed: seed++ });
    milliseconds.push(performance.now() - start);
    if (!Number.isFinite(loss)) throw new Error(`the loss became ${loss}`);
  }
  if (step.eagerReason !== undefined) throw new Error(`not captured: ${step.eagerReason}`);
  return { milliseconds };
});

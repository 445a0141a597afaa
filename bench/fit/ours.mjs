// tunelab's `fit`, as it comes: validation, a tracked run with statistics of sampled steps, progress.
// Usage: node ours.mjs FOLDER; runs are written below it.
import { adam, data, models, nativeInfo, fit as train } from "../../dist/src/index.js";
import { serve } from "../shared/serve.mjs";

process.chdir(process.argv[2]);
const mnist = await data.mnist();

const about = { versions: `tunelab on TensorFlow ${nativeInfo().tensorflow}` };
await serve(about, async ({ seed }) => {
  const { inputShape, classes } = mnist;
  const model = models.mlp({ inputShape, hidden: [256], classes, activation: "relu", seed });
  const options = { optimizer: adam(), epochs: 1, batchSize: 64, seed, track: "bench-fit" };
  const start = performance.now();
  const run = await train(model, mnist, options);
  const seconds = (performance.now() - start) / 1000;
  model.dispose();
  return { seconds, accuracy: run.history.valAccuracy[0] };
});

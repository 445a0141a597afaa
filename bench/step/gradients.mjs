// One captured step's gradients, with the weights and the batch they belong to, as files that reference.py reads.
// Usage: node gradients.mjs MODEL FOLDER PRECISION
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tf } from "../../dist/src/native/index.js";
import { sgd } from "../../dist/src/optim/index.js";
import { createCapturedStep } from "../../dist/src/train/capturedStep.js";
import { batch, models } from "./models/models.mjs";

const [, , name, folder, precision] = process.argv;
const model = models[name].build(tf);
const given = batch(tf, name);
const before = weights(model);

// So large a rate that what the update leaves of a weight is its gradient, to float32's last digits.
const learningRate = 1e6;
const step = createCapturedStep(model, { loss: "crossEntropy", optimizer: sgd({ learningRate }), precision });
const { loss } = await step.run(given, { learningRate, seed: 0 });
if (step.eagerReasons.length > 0) throw new Error(`not captured: ${step.eagerReasons}`);
step.dispose();
const after = weights(model);

const files = { x: await given.x.data(), y: await given.y.data() };
const entries = before.map(({ layer, number, weight, shape, values }, i) => {
  const gradient = Float32Array.from(values, (value, j) => (value - after[i].values[j]) / learningRate);
  files[`w${i}`] = values;
  files[`g${i}`] = gradient;
  return { layer, number, weight, shape, file: i };
});
for (const [file, values] of Object.entries(files))
  writeFileSync(
    join(folder, `${file}.bin`),
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
writeFileSync(
  join(folder, "step.json"),
  JSON.stringify({ model: name, precision, loss, xShape: given.x.shape, entries }),
);

/** The trainable weights, by their layer's kind and its number among its kind in the order they were made. */
function weights({ layers }) {
  const made = layers
    .filter(({ trainableWeights }) => trainableWeights.length > 0)
    .map((layer) => ({ layer, made: Number(layer.name.match(/\d+$/)?.[0] ?? 0) }))
    .sort((a, b) => a.made - b.made);
  const counts = {};
  return made.flatMap(({ layer }) => {
    const kind = layer.getClassName();
    const number = counts[kind] ?? 0;
    counts[kind] = number + 1;
    return layer.trainableWeights.map((variable) => ({
      layer: kind,
      number,
      weight: variable.originalName.split("/").at(-1),
      shape: variable.shape,
      values: variable.read().dataSync(),
    }));
  });
}

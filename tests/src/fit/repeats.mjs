// Run by repeats.test.ts in a process of its own: a training of each kind of layer that TensorFlow splits among threads,
// and a hash of the weights that each ends with, as JSON. Argument: the seed.
import { createHash } from "node:crypto";
import { adam, data, fit, tf } from "../../../dist/src/index.js";

const { layers } = tf;
const kernel = (seed) => tf.initializers.glorotUniform({ seed });
const from = (seed) => ({ kernelInitializer: kernel(seed) });
const recurrent = (seed) => ({ ...from(seed), recurrentInitializer: kernel(seed + 1) });
const last = () => layers.dense({ units: 5, activation: "softmax", ...from(99) });

const nets = {
  images: [
    layers.conv2d({ filters: 16, kernelSize: 3, inputShape: [18, 18, 4], ...from(1) }),
    layers.batchNormalization(),
    layers.reLU(),
    layers.depthwiseConv2d({ kernelSize: 3, depthwiseInitializer: kernel(2) }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2, ...from(3) }),
    layers.averagePooling2d({ poolSize: 3 }),
    layers.dropout({ rate: 0.2 }),
    layers.flatten(),
    last(),
  ],
  volumes: [
    layers.conv3d({ filters: 8, kernelSize: 3, activation: "relu", inputShape: [9, 9, 9, 2], ...from(4) }),
    layers.maxPooling3d({ poolSize: 2 }),
    layers.flatten(),
    last(),
  ],
  words: [
    layers.embedding({
      inputDim: 40,
      outputDim: 24,
      inputLength: 30,
      embeddingsInitializer: tf.initializers.randomUniform({ minval: -1, maxval: 1, seed: 5 }),
    }),
    layers.conv1d({ filters: 24, kernelSize: 3, ...from(6) }),
    layers.layerNormalization(),
    layers.lstm({ units: 32, returnSequences: true, ...recurrent(7) }),
    layers.gru({ units: 16, dropout: 0.1, ...recurrent(9) }),
    last(),
  ],
};

const count = 96;
const answer = {};
for (const [name, parts] of Object.entries(nets)) {
  const model = tf.sequential({ name, layers: parts });
  const inputShape = model.inputs[0].shape.slice(1);
  const size = inputShape.reduce((product, length) => product * length);
  const value = (i) => Math.sin(i * 1.7 + Math.floor(i / size));
  const x = Float32Array.from({ length: count * size }, (_, i) =>
    name === "words" ? Math.floor(20 + 19.9 * value(i)) : value(i),
  );
  const labels = Int32Array.from({ length: count }, (_, i) => i % 5);
  const set = data.arrays({ x, y: labels, inputShape, classes: 5 });
  const options = { optimizer: adam({ learningRate: 0.01 }), epochs: 2, batchSize: 32, track: false, progress: false };
  await fit(model, set, { ...options, seed: Number(process.argv[2]) });
  const hash = createHash("sha256");
  for (const weight of model.getWeights()) hash.update(new Uint8Array(weight.dataSync().buffer));
  answer[name] = hash.digest("hex");
}
console.log(JSON.stringify(answer));

// Run by withoutLibrary.test.ts in a process of its own: two trainings, and what each recorded, as JSON.
import { pathToFileURL } from "node:url";

const { data, fit, tf, adam, sgd, schedules, runs, devices } = await import(pathToFileURL(process.argv[2]).href);

const numbers = seeded();
/** Numbers from −0.5 to 0.5 (Park & Miller 1988). */
function seeded() {
  let state = 1;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647 - 0.5;
  };
}

/** The class of a sample follows from its first two numbers. */
function samples(count, inputShape) {
  const width = inputShape.reduce((product, size) => product * size);
  const x = Float32Array.from({ length: count * width }, numbers);
  const labels = Array.from({ length: count }, (_, i) => (x[i * width] > 0 ? 1 : 0) + (x[i * width + 1] > 0 ? 2 : 0));
  return { x, y: Int32Array.from(labels), inputShape, classes: 4, validation: 0.25, seed: 1, name: "quarters" };
}

const { layers } = tf;
const from = (seed) => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });

const mlp = tf.sequential({
  name: "mlp",
  layers: [
    layers.dense({ units: 16, activation: "tanh", inputShape: [10], ...from(1) }),
    layers.dropout({ rate: 0.2 }),
    layers.dense({ units: 4, activation: "softmax", ...from(2) }),
  ],
});
const cnn = tf.sequential({
  name: "cnn",
  layers: [
    layers.conv2d({ filters: 4, kernelSize: 3, padding: "same", activation: "relu", inputShape: [8, 8, 2], ...from(3) }),
    layers.batchNormalization(),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 6, kernelSize: 3, strides: 2, padding: "same", activation: "relu", ...from(4) }),
    layers.flatten(),
    layers.dense({ units: 4, activation: "softmax", ...from(5) }),
  ],
});

const options = { epochs: 3, batchSize: 32, seed: 7, progress: false };
const first = await fit(mlp, data.arrays(samples(256, [10])), {
  ...options,
  optimizer: adam({ learningRate: 1e-2 }),
  schedule: schedules.cosine({ epochs: 3 }),
  checkpoint: { everyEpochs: 1 },
});
const second = await fit(cnn, data.arrays(samples(256, [8, 8, 2])), {
  ...options,
  optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }),
  clipNorm: 1,
  accumulate: 2,
});
const answer = {
  backend: tf.getBackend(),
  devices: devices(),
  mlp: first.history,
  cnn: second.history,
  runs: Array.from(runs(), ({ name, status }) => `${name} ${status}`).sort(),
  weights: [...mlp.getWeights(), ...cnn.getWeights()].map((weight) => [...weight.dataSync()]),
};
console.log(JSON.stringify(answer));

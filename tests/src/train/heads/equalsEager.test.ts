import { describe, expect, it } from "vitest";
import { arrays } from "../../../../src/data/arrays.js";
import { tf } from "../../../../src/native/index.js";
import { adam } from "../../../../src/optim/index.js";
import type { FitOptions } from "../../../../src/train/fitOptions.js";
import { trainOnce } from "../trainOnce.js";
import { type Output, torchData, torchModel, withoutNames } from "./torchHeads.js";

const { batchNormalization, concatenate, dense, dropout, embedding, flatten } = tf.layers;
const glorot = (seed: number) => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });

/** Words and numbers in, a class, a share and a number out; with noise, penalties, averages and a shared layer. */
function mixed(): tf.LayersModel {
  const words = tf.input({ shape: [4], name: "words" });
  const facts = tf.input({ shape: [3], name: "facts" });
  const embedded = embedding({
    ...{ inputDim: 10, outputDim: 3 },
    embeddingsInitializer: tf.initializers.randomUniform({ seed: 1 }),
  }).apply(words) as tf.SymbolicTensor;
  const shared = dense({ units: 6, activation: "tanh", ...glorot(2) });
  const widened = dense({ units: 12, ...glorot(3) }).apply(facts) as tf.SymbolicTensor;
  const sides = [flatten().apply(embedded), batchNormalization().apply(widened)].map(
    (side) => shared.apply(side as tf.SymbolicTensor) as tf.SymbolicTensor,
  );
  const both = dropout({ rate: 0.3 }).apply(
    concatenate().apply(sides) as tf.SymbolicTensor,
  ) as tf.SymbolicTensor;
  const kernelRegularizer = tf.regularizers.l2({ l2: 0.01 });
  const outputs = [
    dense({ name: "kind", units: 3, activation: "softmax", ...glorot(4) }),
    dense({ name: "share", units: 1, activation: "sigmoid", kernelRegularizer, ...glorot(5) }),
    dense({ name: "size", units: 2, ...glorot(6) }),
  ].map((layer) => layer.apply(both) as tf.SymbolicTensor);
  return tf.model({ inputs: [words, facts], outputs });
}

const n = 50;
const data = arrays({
  x: {
    facts: Array.from({ length: n }, (_, i) => [Math.sin(i), Math.cos(3 * i), i / n]),
    words: Array.from({ length: n }, (_, i) => [i % 10, (i * 3) % 10, (i * 7) % 10, 1]),
  },
  y: {
    size: Array.from({ length: n }, (_, i) => [Math.sin(i), i / n]),
    kind: Array.from({ length: n }, (_, i) => (i * 7) % 3),
    share: Array.from({ length: n }, (_, i) => i % 2),
  },
  validation: 10,
});

const cases: Record<string, FitOptions> = {
  "step by step": {},
  "with clipping and smoothing": { clipNorm: 0.5, labelSmoothing: 0.1 },
  "with parts added up": { accumulate: 2, notFinite: "skip" },
};

describe.each(Object.entries(cases))("%s", (_, more) => {
  const options = {
    ...{
      epochs: 3,
      batchSize: 8,
      seed: 3,
      track: { sampleEvery: 2 },
      optimizer: adam({ learningRate: 0.01 }),
    },
    ...{ lossWeights: { kind: 0.5, size: 2 }, ...more },
  };

  it("captured equals eager to the last digit", async () => {
    const captured = await trainOnce(mixed(), data, options);
    const eager = await trainOnce(mixed(), data, options, { capture: false });
    expect(captured.eagerReasons).toEqual([]);
    expect(eager.eagerReasons).toEqual(["capturing was switched off"]);
    expect(eager.weights).toEqual(captured.weights);
    expect(eager.history).toEqual(captured.history);
    expect(eager.losses).toEqual(captured.losses);
    expect(captured.losses.at(-1)).toBeLessThan(captured.losses[0] as number);
  });
});

it("measures each output in the order of the outputs, losses before metrics", async () => {
  const { history, scalars } = await trainOnce(mixed(), data, { epochs: 2, batchSize: 16 });
  const each = [
    "kindLoss",
    "shareLoss",
    "sizeLoss",
    "kindAccuracy",
    "shareAccuracy",
    "sizeMeanAbsoluteError",
  ];
  const measured = Object.keys(history).filter((name) => history[name]?.length);
  const validated = each.map((name) => `val${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  expect(measured).toEqual(["loss", "valLoss", "learningRate", ...each, ...validated]);
  for (const name of each) {
    expect(history[name]).toHaveLength(2);
    expect(scalars.get(`train/${name}`)?.size).toBe(6);
  }
});

it("sums what it measures: the loss is the weighted losses and the penalties", async () => {
  const lossWeights = { score: 0.7, kind: 0.2 };
  const { history, scalars, losses } = await trainOnce(
    torchModel(["score", "kind"]),
    torchData(["score", "kind"]),
    {
      ...{ epochs: 2, batchSize: 16, lossWeights },
    },
  );
  const curve = (name: string) => [...(scalars.get(`train/${name}`)?.values() ?? [])];
  losses.forEach((loss, i) => {
    const [score, kind] = [curve("scoreLoss")[i] as number, curve("kindLoss")[i] as number];
    expect(loss).toBeCloseTo(0.7 * score + 0.2 * kind, 6);
  });
  history.valLoss.forEach((loss, i) => {
    const [score, kind] = [history.valScoreLoss?.[i] as number, history.valKindLoss?.[i] as number];
    expect(loss).toBeCloseTo(0.7 * score + 0.2 * kind, 6);
  });
});

it("keeps its memory", async () => {
  const run = () => trainOnce(mixed(), data, { epochs: 2, batchSize: 8, accumulate: 2 });
  await run();
  const before = tf.memory().numTensors;
  const { weights } = await run();
  // The new model's own weights.
  expect(tf.memory().numTensors - before).toBeLessThanOrEqual(weights.length);
});

it("trains a nested model with several outputs as the model by itself", async () => {
  const outputs: Output[] = ["score", "gate", "kind"];
  const data = torchData(outputs);
  const listed = {
    ...data,
    train: { ...data.train, columns: withoutNames(data.train) },
    validation: undefined,
  };
  const options = { epochs: 2, batchSize: 16, lossWeights: [1, 0.5, 0.3], track: { sampleEvery: 3 } };
  const plain = await trainOnce(torchModel(outputs), listed, options);
  const inner = torchModel(outputs);
  const inputs = inner.inputs.map(({ shape }) => tf.input({ shape: shape.slice(1) }));
  const nested = tf.model({ inputs, outputs: inner.apply(inputs) as tf.SymbolicTensor[] });
  const { weights, losses, history, eagerReasons } = await trainOnce(nested, listed, options);
  expect(eagerReasons).toEqual([]);
  expect([weights, losses]).toEqual([plain.weights, plain.losses]);
  const named = ["heads", "heads_1", "heads_2"];
  expect(named.map((name) => history[`${name}Loss`])).toEqual(
    outputs.map((name) => plain.history[`${name}Loss`]),
  );
});

it("measures what the outputs are, not their logits", async () => {
  const outputs: Output[] = ["kind", "score"];
  const { scalars } = await trainOnce(torchModel(outputs), torchData(outputs), {
    ...{ epochs: 1, batchSize: 16, track: { sampleEvery: 1 } },
  });
  const means = [...(scalars.get("activationMeanAbs/kind")?.values() ?? [])];
  expect(means).toHaveLength(6);
  // Of three shares that sum to 1.
  for (const mean of means) expect(mean).toBeCloseTo(1 / 3, 6);
});

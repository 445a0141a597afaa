/** Layers that keep states from batch to batch: no capture may hold those of its first step. */
import { expect, it, vi } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { evaluate } from "../../../src/evaluate/index.js";
import { fit as fitModel } from "../../../src/fit.js";
import { capture, tf } from "../../../src/native/index.js";
import { sam, sgd } from "../../../src/optim/index.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { stage } from "./trainingScene.js";

stage();

const { layers } = tf;
const size = 4;
const kernel = (seed: number) => tf.initializers.glorotUniform({ seed });
const own = (seed: number) => ({ kernelInitializer: kernel(seed), recurrentInitializer: kernel(seed + 1) });

type Nets = Readonly<Record<string, (stateful: boolean) => tf.LayersModel>>;
const nets: Nets = {
  lstm: (stateful) =>
    tf.sequential({
      layers: [
        layers.lstm({ units: 3, stateful, batchInputShape: [size, 2, 2], ...own(1) }),
        layers.dense({ units: 1, kernelInitializer: kernel(9) }),
      ],
    }),
  "gru, both ways": (stateful) =>
    tf.sequential({
      layers: [
        layers.bidirectional({
          layer: layers.gru({ units: 3, stateful, ...own(3) }) as tf.RNN,
          mergeMode: "concat",
          batchInputShape: [size, 2, 2],
        }),
        layers.dense({ units: 1, kernelInitializer: kernel(9) }),
      ],
    }),
  "lstm, within a timeDistributed layer": (stateful) =>
    tf.sequential({
      layers: [
        layers.reshape({ targetShape: [2, 2, 1], batchInputShape: [size, 2, 2] }),
        // Its own name, as what is said of another layer that differs by a number alone is said once.
        layers.timeDistributed({ layer: layers.lstm({ name: "within", units: 3, stateful, ...own(7) }) }),
        layers.flatten(),
        layers.dense({ units: 1, kernelInitializer: kernel(9) }),
      ],
    }),
  convLstm2d: (stateful) =>
    tf.sequential({
      layers: [
        layers.reshape({ targetShape: [2, 1, 2, 1], batchInputShape: [size, 2, 2] }),
        layers.convLstm2d({ filters: 2, kernelSize: 1, stateful, ...own(5) } as never),
        layers.flatten(),
        layers.dense({ units: 1, kernelInitializer: kernel(9) }),
      ],
    }),
};

/** Four sequences of twelve values, in batches of two values each that go on where the one before ended. */
const x = Array.from({ length: 6 * size }, (_, i) =>
  [0, 1].map((t) => [Math.sin(2 * Math.floor(i / size) + t + (i % size)), (i % size) / size]),
);
const y = x.map((_, i) => Math.cos(Math.floor(i / size) + (i % size)));
const data = arrays({ x, y, task: "regression" });
const options: FitOptions = {
  optimizer: sgd({ learningRate: 0.1 }),
  epochs: 1,
  track: false,
  progress: false,
};

/** The losses of a loop as one writes it with TensorFlow.js alone: its states go on by themselves. */
function byHand(model: tf.LayersModel): number[] {
  const losses: number[] = [];
  for (let i = 0; i < x.length; i += size) {
    const batch = tf.tensor3d(x.slice(i, i + size));
    const wanted = tf.tensor2d(y.slice(i, i + size), [size, 1]);
    const loss = () =>
      tf.losses.meanSquaredError(wanted, model.apply(batch, { training: true }) as tf.Tensor) as tf.Scalar;
    losses.push((tf.train.sgd(0.1).minimize(loss, true) as tf.Scalar).dataSync()[0] as number);
  }
  return losses;
}

it.each(Object.keys(nets))(
  "%s trains from state to state, says why it is slow, and predicts after",
  async (name) => {
    const make = nets[name] as Nets[string];
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const losses: number[] = [];
    const trained = make(true);
    const callbacks = { step: ({ loss }: { readonly loss: number }) => void losses.push(loss) };
    await fitModel(trained, data, { ...options, callbacks });
    const told = warn.mock.calls
      .flat()
      .filter((text) => /without a captured step.*is stateful/.test(String(text)));
    warn.mockRestore();
    expect(told).toHaveLength(1);
    const expected = byHand(make(true));
    expect(losses).toHaveLength(expected.length);
    losses.forEach((loss, i) => {
      expect(loss).toBeCloseTo(expected[i] as number, 6);
    });
    const without = byHand(make(false));
    expect(losses[1]).not.toBeCloseTo(without[1] as number, 4);
    const [first, second] = [0, 1].map(() =>
      (trained.predict(tf.ones([size, 2, 2])) as tf.Tensor).dataSync(),
    );
    expect(first).not.toEqual(second);
  },
);

it.each(Object.keys(nets))(
  "%s validates in batches of the same size, and keeps no states but the last",
  async (name) => {
    const model = nets[name]?.(true) as tf.LayersModel;
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    await fitModel(model, data, { ...options, validation: data.train });
    const before = tf.memory().numTensors;
    const run = await fitModel(model, data, { ...options, epochs: 3, validation: data.train });
    warn.mockRestore();
    expect(run.history.valLoss).toHaveLength(3);
    expect(tf.memory().numTensors).toBe(before);
  },
);

it.each(Object.keys(nets))("%s takes the model's batch size, and refuses another", async (name) => {
  const model = nets[name]?.(true) as tf.LayersModel;
  const why = `"${model.name}", whose stateful layers keep the states of 4 sequences; `;
  await expect(fitModel(model, data, { ...options, batchSize: 8 })).rejects.toThrow(
    new RangeError(`fit needs batchSize 4 for ${why}it was given 8`),
  );
  const odd = arrays({ x: x.slice(1), y: y.slice(1), task: "regression" });
  await expect(fitModel(model, odd, options)).rejects.toThrow(
    new RangeError(`fit needs whole batches of 4 samples for ${why}the split "train" holds 23`),
  );
});

it("is evaluated in batches of that size, and of no other", async () => {
  const model = tf.sequential({
    layers: [
      layers.lstm({ units: 3, stateful: true, batchInputShape: [size, 2, 2] }),
      layers.dense({ units: 2, activation: "softmax" }),
    ],
  });
  const labelled = arrays({ x, y: x.map((_, i) => i % 2), classes: 2 });
  expect((await evaluate(model, labelled.train)).predictions).toHaveLength(x.length);
  const why = `"${model.name}", whose stateful layers keep the states of 4 sequences; `;
  await expect(evaluate(model, labelled.train, { batchSize: 3 })).rejects.toThrow(
    new RangeError(`evaluate needs batchSize 4 for ${why}it was given 3`),
  );
  const odd = arrays({ x: x.slice(2), y: x.slice(2).map((_, i) => i % 2), classes: 2 });
  await expect(evaluate(model, odd.train)).rejects.toThrow(
    new RangeError(`evaluate needs whole batches of 4 samples for ${why}the split "train" holds 22`),
  );
});

it("a captured function refuses it, and leaves its states as they were", () => {
  const model = nets.lstm?.(true) as tf.LayersModel;
  const input = tf.ones([size, 2, 2]);
  const predict = (value: tf.Tensor) => model.predict(value) as tf.Tensor;
  expect(() => capture(predict)(input)).toThrow(/layer "lstm\w*" is stateful: the states that it keeps/);
  const other = nets.lstm?.(true) as tf.LayersModel;
  expect(predict(input).dataSync()).toEqual((other.predict(input) as tf.Tensor).dataSync());
  const slow = capture(predict, { eager: "fallback" });
  expect(slow(input).dataSync()).toEqual((other.predict(input) as tf.Tensor).dataSync());
});

it("refuses what its states cannot stand, by name", async () => {
  const model = nets.lstm?.(true) as tf.LayersModel;
  const named = `it was given "${model.name}", whose`;
  const refused = (more: FitOptions) => expect(fitModel(model, data, { ...options, ...more })).rejects;
  const needs = "fit needs a model without stateful layers for";
  await refused({ checkpoint: true, track: "kept" }).toThrow(
    `${needs} checkpoint; ${named} states are in no checkpoint`,
  );
  await refused({ resume: "some" }).toThrow(`${needs} resume; ${named} states are in no checkpoint`);
  await refused({ outOfMemory: "halve" }).toThrow(
    `${needs} outOfMemory: "halve"; ${named} batches cannot be cut`,
  );
  await refused({ notFinite: "skip" }).toThrow(
    `${needs} notFinite: "skip"; ${named} states a batch that is left out has changed already`,
  );
  await refused({ precision: "float16" }).toThrow(
    `${needs} precision: "float16"; ${named} states a batch whose gradients overflow has changed already`,
  );
  await refused({ optimizer: sam(sgd({ learningRate: 0.1 })) }).toThrow(
    `${needs} an optimizer that climbs before it descends; ${named} states would go on twice a step`,
  );
});

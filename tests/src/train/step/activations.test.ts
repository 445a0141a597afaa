import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { recordOutputs } from "../../../../src/train/step/activations.js";

const input = tf.tensor2d([1, -2, 3, -4, 5, -6], [3, 2]);

it("records of each layer as many of the first samples as have no more values than asked for, one at least", () => {
  const layer = tf.layers.reLU();
  const recorded = (most?: number) => {
    const { result, outputs } = recordOutputs([layer], () => layer.apply(input) as tf.Tensor, most);
    expect(Array.from(result.dataSync())).toEqual([1, 0, 3, 0, 5, 0]);
    const values = outputs.map((output) => output.arraySync());
    tf.dispose(outputs);
    return values;
  };
  const all = input.relu().arraySync() as number[][];
  expect([recorded(), recorded(6)]).toEqual([[all], [all]]);
  expect(recorded(5)).toEqual([all.slice(0, 2)]);
  expect([recorded(2), recorded(1)]).toEqual([[all.slice(0, 1)], [all.slice(0, 1)]]);
});

it("tells while it runs what was recorded so far", () => {
  const layers = [tf.layers.reLU(), tf.layers.softmax()];
  const { result, outputs } = recordOutputs(layers, (recorded) =>
    layers.map((layer) => {
      layer.apply(input);
      return recorded().length;
    }),
  );
  tf.dispose(outputs);
  expect(result).toEqual([1, 2]);
});

it("records of a model that begins a Sequential, whose layers alone are called, what its last layer gives", () => {
  const { dense, reLU, leakyReLU } = tf.layers;
  const begin = { units: 3, inputShape: [2] };
  const functional = () => {
    const first = tf.input({ shape: [2] });
    const hidden = dense({ units: 3 }).apply(first) as tf.SymbolicTensor;
    return tf.model({ inputs: first, outputs: reLU().apply(hidden) as tf.SymbolicTensor });
  };
  const inner = () => tf.sequential({ layers: [dense(begin), leakyReLU()] });
  const nested = () => tf.sequential({ layers: [inner(), dense({ units: 4 })] });
  for (const base of [inner(), functional(), nested()]) {
    const model = tf.sequential({ layers: [base, dense({ units: 2 })] });
    const expected = (base.predict(input) as tf.Tensor).arraySync();
    const before = tf.memory().numTensors;
    const { result, outputs } = recordOutputs(model.layers, () => model.apply(input) as tf.Tensor);
    expect(outputs.map((output) => output.arraySync())).toEqual([expected, result.arraySync()]);
    tf.dispose([result, outputs]);
    expect(tf.memory().numTensors).toBe(before);
    expect(base.layers.some((layer) => Object.hasOwn(layer, "call"))).toBe(false);
  }
});

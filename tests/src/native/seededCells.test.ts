import { describe, expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { layerNoise } from "../../../src/native/layerNoise.js";
import { type NoiseInputs, seedValues, withSeed } from "../../../src/native/random.js";

const { convLstm2d, gru, gruCell, lstm, lstmCell, rnn, simpleRNN, simpleRNNCell, stackedRNNCells } =
  tf.layers;
const seed = (value: number) => tf.tensor1d(seedValues(value), "int32") as tf.Tensor1D;
const series = () => tf.randomNormal([20, 4, 10], 0, 1, "float32", 7);
const images = () => tf.randomNormal([3, 3, 5, 5, 2], 0, 1, "float32", 7);
const values = (tensor: unknown) => Array.from((tensor as tf.Tensor).dataSync());
const units = 6;
const rates = { dropout: 0.3, recurrentDropout: 0.4 };

interface Recurrent extends tf.layers.Layer {
  readonly cell: { readonly cells?: readonly object[] };
}
const cellsOf = (layer: tf.layers.Layer) => {
  const { cell } = layer as Recurrent;
  return cell.cells ?? [cell];
};

const layers: Record<string, () => tf.layers.Layer> = {
  simpleRNN: () => simpleRNN({ units, ...rates }),
  gru: () => gru({ units, ...rates }),
  lstm: () => lstm({ units, ...rates }),
  "lstm that drops inputs only": () => lstm({ units, dropout: 0.3 }),
  "gru that drops states only": () => gru({ units, recurrentDropout: 0.3 }),
  "lstm of equal rates": () => lstm({ units, dropout: 0.4, recurrentDropout: 0.4 }),
  convLstm2d: () => convLstm2d({ filters: 2, kernelSize: 3, ...rates } as never),
  "rnn of stacked cells": () =>
    rnn({
      cell: stackedRNNCells({
        cells: [
          lstmCell({ units, ...rates }),
          gruCell({ units, ...rates }),
          simpleRNNCell({ units, ...rates }),
        ],
      } as never),
    }),
};

describe.each(Object.entries(layers))("%s", (name, make) => {
  const x = name === "convLstm2d" ? images() : series();
  const layer = make();
  // Its weights are drawn now, outside of the stream.
  layer.apply(x);
  const run = (noise?: NoiseInputs, training = true) =>
    values(withSeed(seed(4), () => layer.apply(x, { training }) as tf.Tensor, noise));
  const given = (change: (value: number, at: number) => number) =>
    new Map(
      cellsOf(layer).map((cell) => [
        cell,
        (layerNoise(cell)?.numbers ?? []).map((value, at) => tf.scalar(change(value, at))),
      ]),
    );

  it("computes with rates given as scalars what it computes with its own", () => {
    expect(run(given((value) => value))).toEqual(run());
  });

  it("takes rates and scales of inputs and of states each from its scalars", () => {
    const numbers = cellsOf(layer).flatMap((cell) => layerNoise(cell)?.numbers ?? []);
    for (const at of [0, 1, 2, 3]) {
      const other = run(given((value, i) => (i === at ? value * 0.5 : value)));
      if (numbers[at] === 0) expect(other, `number ${at}`).toEqual(run());
      else expect(other, `number ${at}`).not.toEqual(run());
    }
  });

  it("drops nothing while it predicts, whatever was drawn before, for any batch", () => {
    run();
    const predicted = run(undefined, false);
    expect(predicted).toEqual(values(layer.apply(x)));
    const rows = x.slice(0, 1);
    const length = predicted.length / (x.shape[0] as number);
    values(layer.apply(rows)).forEach((value, i) => {
      expect(value).toBeCloseTo(predicted[i] as number, 5);
    });
    expect(values(layer.apply(rows))).toHaveLength(length);
    expect(run()).not.toEqual(predicted);
  });
});

it("a cell with the person's own function from ones to masks keeps it, and tells of no rates", () => {
  const drawn: number[] = [];
  const dropoutFunc = (ones: tf.Tensor, rate: number) => {
    drawn.push(rate);
    return tf.mul(ones, 2);
  };
  const layer = simpleRNN({ units, ...rates, dropoutFunc } as never);
  const [cell] = cellsOf(layer) as [object];
  expect(layerNoise(cell)).toBeUndefined();
  withSeed(seed(1), () => layer.apply(series(), { training: true }));
  expect(drawn).toEqual([0.3, 0.4]);
});

it("keeps no mask alive after a call", () => {
  const layer = layers["rnn of stacked cells"]?.() as tf.layers.Layer;
  const x = series();
  const run = () =>
    tf.dispose(withSeed(tf.tensor1d([1, 2], "int32"), () => layer.apply(x, { training: true }) as tf.Tensor));
  tf.tidy(run);
  const before = tf.memory().numTensors;
  for (let i = 0; i < 3; i++) tf.tidy(run);
  expect(tf.memory().numTensors).toBe(before);
});

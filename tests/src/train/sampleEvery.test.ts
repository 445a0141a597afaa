import { describe, expect, it } from "vitest";
import { models, tf } from "../../../src/index.js";
import { sampleEvery, stepCosts } from "../../../src/train/sampleEvery.js";

const L = tf.layers;
const mlp = (hidden: number[]) =>
  models.mlp({ inputShape: [28, 28, 1], hidden, classes: 10, activation: "relu" });
/** What products and sums take at 8 ms a 10⁹, beside the call's 0.1 ms. */
const operations = (model: tf.LayersModel, rows: number) =>
  (stepCosts({ model, rows, entries: 16_384 }).plain - 0.1) * 1.25e8;

describe("sampleEvery", () => {
  const tiny = mlp([16]);
  const large = tf.sequential({
    layers: [
      L.conv2d({ filters: 64, kernelSize: 3, inputShape: [64, 64, 3] }),
      L.conv2d({ filters: 64, kernelSize: 3 }),
      L.globalAveragePooling2d({ dataFormat: "channelsLast" }),
      L.dense({ units: 10 }),
    ],
  });

  it.each([
    // Steps that take long: 40 of a training, but every 20th at most, and 10 at least.
    [large, 16, 4000, 100],
    [large, 16, 400, 20],
    [large, 16, 100, 10],
    [large, 16, 5, 1],
    // Short ones: in doublings, while 10 are left.
    [tiny, 64, 40_000, 2000],
    [tiny, 64, 1600, 160],
    [tiny, 64, 400, 40],
    [tiny, 64, 30, 3],
  ])("measures the more seldom the more it adds (%#)", (model, rows, steps, every) => {
    expect(sampleEvery({ model, rows, steps, entries: 16_384 })).toBe(every);
  });

  it("adds at most a fiftieth where more than ten are left", () => {
    const model = mlp([256]);
    for (const steps of [10_000, 100_000]) {
      const { plain, extra } = stepCosts({ model, rows: 64, entries: Number.POSITIVE_INFINITY });
      const every = sampleEvery({ model, rows: 64, steps, entries: Number.POSITIVE_INFINITY });
      expect(extra / (every * plain) <= 0.02 || every * 2 > steps / 10).toBe(true);
    }
  });
});

describe("stepCosts", () => {
  it("counts the products of a dense, a convolutional and a recurrent layer", () => {
    const model = tf.sequential({
      layers: [
        L.conv1d({ filters: 4, kernelSize: 3, inputShape: [12, 2] }),
        L.lstm({ units: 5 }),
        L.dense({ units: 3 }),
      ],
    });
    const convolution = 10 * 3 * 2 * 4;
    const recurrent = 10 * (4 * 20 + 5 * 20);
    expect(operations(model, 8)).toBeCloseTo(6 * 8 * (convolution + recurrent + 5 * 3), 6);
  });

  it("looks into nested models, and leaves out tables of which a few rows are read", () => {
    const inner = tf.sequential({ layers: [L.dense({ units: 6, inputShape: [7] })] });
    const outer = tf.sequential({ layers: [L.dense({ units: 7, inputShape: [5] }), inner] });
    expect(operations(outer, 2)).toBeCloseTo(6 * 2 * (5 * 7 + 7 * 6), 6);
    const embedding = tf.sequential({
      layers: [L.embedding({ inputDim: 1000, outputDim: 8, inputLength: 4 })],
    });
    expect(operations(embedding, 2)).toBeCloseTo(0, 6);
    const extra = (entries: number) => stepCosts({ model: embedding, rows: 2, entries }).extra;
    expect(extra(8000)).toBeCloseTo(3 + (5 * 8000 + 1.5 * 2 * 4 * 8) / 1e6, 6);
    expect(extra(1000)).toBeCloseTo(3 + (5 * 1000 + 8000 + 1.5 * 2 * 4 * 8) / 1e6, 6);
  });

  it("takes a layer that is shared by inputs of several shapes", () => {
    const shared = L.conv2d({ filters: 2, kernelSize: 1 });
    const [a, b] = [tf.input({ shape: [4, 4, 1] }), tf.input({ shape: [8, 8, 1] })];
    const outputs = [a, b].map((input) => shared.apply(input) as tf.SymbolicTensor);
    expect(
      stepCosts({ model: tf.model({ inputs: [a, b], outputs }), rows: 1, entries: 1 }).plain,
    ).toBeGreaterThan(0.1);
  });
});

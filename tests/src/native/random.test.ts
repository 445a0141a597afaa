import { describe, expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { layerNoise } from "../../../src/native/layerNoise.js";
import {
  drawingAgain,
  drawnSoFar,
  type NoiseInputs,
  seededNormal,
  seededUniform,
  seedValues,
  withSeed,
} from "../../../src/native/random.js";

const seed = (value: number) => tf.tensor1d(seedValues(value), "int32");
const values = (value: number, draw: () => tf.Tensor) => Array.from(withSeed(seed(value), draw).dataSync());

describe("seeded numbers", () => {
  it("are the same for the same seed, others for another, others at the second draw", () => {
    const uniform = () => seededUniform([50]);
    expect(values(7, uniform)).toEqual(values(7, uniform));
    expect(values(7, uniform)).not.toEqual(values(8, uniform));
    const two = () => tf.stack([uniform(), uniform()]);
    const both = values(7, two);
    expect(both.slice(0, 50)).toEqual(values(7, uniform));
    expect(both.slice(50)).not.toEqual(both.slice(0, 50));
  });

  it("differ between seeds beyond 32 bits", () => {
    const uniform = () => seededUniform([5]);
    expect(values(1, uniform)).not.toEqual(values(1 + 2 ** 32, uniform));
  });

  it("have the moments of their distribution", () => {
    const n = 100_000;
    const { mean, variance } = tf.moments(withSeed(seed(3), () => seededNormal([n])));
    expect(Math.abs(mean.dataSync()[0] as number)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs((variance.dataSync()[0] as number) - 1)).toBeLessThan(0.02);
    const uniform = values(3, () => seededUniform([n]));
    expect(Math.min(...uniform.slice(0, 10_000))).toBeGreaterThanOrEqual(0);
    expect(Math.abs(uniform.reduce((sum, value) => sum + value, 0) / n - 0.5)).toBeLessThan(0.005);
  });

  it("can be drawn again from where the stream was, which goes on as if they had not been", () => {
    const same = (values: tf.Tensor1D) => values.clone();
    const drawn = withSeed(seed(7), () => {
      seededUniform([3]);
      const from = drawnSoFar();
      const first = [seededUniform([3]), seededNormal([3])];
      const again = drawingAgain(from, same, () => [seededUniform([3]), seededNormal([3])]);
      return { first, again, next: seededUniform([3]) };
    });
    const numbers = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => Array.from(tensor.dataSync()));
    expect(numbers(drawn.again)).toEqual(numbers(drawn.first));
    const fourth = withSeed(
      seed(7),
      () => Array.from({ length: 4 }, () => seededUniform([3]))[3] as tf.Tensor,
    );
    expect(numbers([drawn.next])).toEqual(numbers([fourth]));
    expect(drawingAgain(drawnSoFar(), same, () => 5)).toBe(5);
  });

  it("need a stream, and a seed that is a whole number", () => {
    expect(() => seededUniform([1])).toThrowError(/call withSeed around it/);
    expect(() => seedValues(-1)).toThrowError(RangeError);
    expect(() => seedValues(0.5)).toThrowError(/whole number from 0/);
  });
});

describe("noise layers", () => {
  const input = tf.ones([200, 100]);
  const applied = (layer: tf.layers.Layer, value: number) =>
    withSeed(seed(value), () => layer.apply(input, { training: true }) as tf.Tensor);

  it("dropout drops its share, scales the rest, and follows the seed", () => {
    const layer = tf.layers.dropout({ rate: 0.3 });
    const output = Array.from(applied(layer, 1).dataSync());
    const dropped = output.filter((value) => value === 0).length / output.length;
    expect(Math.abs(dropped - 0.3)).toBeLessThan(0.02);
    expect(Math.max(...output)).toBeCloseTo(1 / 0.7, 6);
    expect(Array.from(applied(layer, 1).dataSync())).toEqual(output);
    expect(Array.from(applied(layer, 2).dataSync())).not.toEqual(output);
  });

  it("dropout with a noise shape drops whole rows", () => {
    const rows = applied(tf.layers.dropout({ rate: 0.5, noiseShape: [200, 1] }), 1).arraySync() as number[][];
    expect(rows.every((row) => row.every((value) => value === row[0]))).toBe(true);
    expect(new Set(rows.map(([first]) => first)).size).toBe(2);
  });

  it.each([
    ["gaussianNoise", tf.layers.gaussianNoise({ stddev: 0.5 }), 1, 0.25],
    ["gaussianDropout", tf.layers.gaussianDropout({ rate: 0.2 }), 1, 0.25],
  ] as const)("%s has its mean and variance", (_name, layer, expectedMean, expectedVariance) => {
    const { mean, variance } = tf.moments(applied(layer, 1));
    expect(Math.abs((mean.dataSync()[0] as number) - expectedMean)).toBeLessThan(0.02);
    expect(Math.abs((variance.dataSync()[0] as number) - expectedVariance)).toBeLessThan(0.02);
  });

  it("alphaDropout keeps mean 0 and variance 1", () => {
    const normal = tf.randomNormal([400, 400], 0, 1, "float32", 3);
    const output = withSeed(seed(1), () =>
      tf.layers.alphaDropout({ rate: 0.3 }).apply(normal, { training: true }),
    );
    const { mean, variance } = tf.moments(output as tf.Tensor);
    expect(Math.abs(mean.dataSync()[0] as number)).toBeLessThan(0.02);
    expect(Math.abs((variance.dataSync()[0] as number) - 1)).toBeLessThan(0.03);
  });

  it("are idle in inference, and as they were without a seed", () => {
    const layer = tf.layers.dropout({ rate: 0.3 });
    const inference = withSeed(seed(1), () => layer.apply(input, { training: false }) as tf.Tensor);
    expect(tf.equal(inference, input).all().dataSync()[0]).toBe(1);
    const stock = layer.apply(input, { training: true }) as tf.Tensor;
    expect(Math.abs((tf.mean(stock).dataSync()[0] as number) - 1)).toBeLessThan(0.05);
  });

  it.each([
    ["Dropout", tf.layers.dropout({ rate: 0.3 })],
    ["SpatialDropout1D", tf.layers.spatialDropout1d({ rate: 0.3 })],
    ["GaussianDropout", tf.layers.gaussianDropout({ rate: 0.3 })],
    ["GaussianNoise", tf.layers.gaussianNoise({ stddev: 0.3 })],
    ["AlphaDropout", tf.layers.alphaDropout({ rate: 0.3 })],
  ] as const)(
    "%s computes the same with its numbers given as scalars, and otherwise with others",
    (_, layer) => {
      const x = tf.ones([5, 4, 6]);
      const run = (noise?: NoiseInputs) =>
        Array.from(
          withSeed(seed(4), () => layer.apply(x, { training: true }) as tf.Tensor, noise).dataSync(),
        );
      const scalars = (factor: number) => {
        const { numbers = [] } = layerNoise(layer) ?? {};
        return new Map([[layer, numbers.map((value) => tf.scalar(value * factor))]]);
      };
      expect(run(scalars(1))).toEqual(run());
      expect(run(scalars(0.5))).not.toEqual(run());
    },
  );
});

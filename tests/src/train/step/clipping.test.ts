import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { clipped, clippingOf } from "../../../../src/train/step/clipping.js";

interface Oracle {
  shapes: number[][];
  weights: number[][];
  gradients: number[][];
  cases: { kind: "clipValue" | "clipAdaptive"; most: number; clipped: number[][] }[];
}

const oracle: Oracle = JSON.parse(
  readFileSync(new URL("../../../oracles/train/clipping.json", import.meta.url), "utf8"),
);
const { shapes } = oracle;
const tensors = (values: number[][]) => values.map((of, i) => tf.tensor(of, shapes[i] as number[]));
const weights = shapes.map((shape, i) => ({ name: `layer_${i}/kernel`, shape }));
const given = () => ({
  gradients: tensors(oracle.gradients),
  parameters: tensors(oracle.weights),
  weights,
});

it.each(oracle.cases)("equals NumPy in float64: $kind $most", ({ kind, most, clipped: expected }) => {
  const clipping = clippingOf("test", { [kind]: most });
  const result = clipped(clipping as NonNullable<typeof clipping>, tf.scalar(most), given());
  result.forEach((tensor, i) => {
    expect(tensor.shape).toEqual(shapes[i]);
    tensor.dataSync().forEach((value, j) => {
      const wanted = expected[i]?.[j] as number;
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(3e-6 * Math.abs(wanted) + 1e-37);
    });
  });
});

it("leaves alone what it does not hold for", () => {
  const options = { clipAdaptive: { factor: 1e-3, on: { except: ["layer_0"] } } };
  const clipping = clippingOf("test", options);
  const result = clipped(clipping as NonNullable<typeof clipping>, tf.scalar(1e-3), given());
  expect([...(result[0] as tf.Tensor).dataSync()]).toEqual([
    ...(given().gradients[0] as tf.Tensor).dataSync(),
  ]);
  expect([...(result[1] as tf.Tensor).dataSync()]).not.toEqual([
    ...(given().gradients[1] as tf.Tensor).dataSync(),
  ]);
});

import { expect, it } from "vitest";
import type { tf } from "../../../../src/native/index.js";
import { countCells } from "../../../../src/train/step/cellCounts.js";
import { saturatedFraction } from "../../../../src/train/step/saturation.js";

type Layer = tf.LayersModel["layers"][number];

function layerWith(activation: string): Layer {
  return {
    getClassName: () => "Dense",
    activation: { getClassName: () => activation },
  } as unknown as Layer;
}

/** By the slope of the function where it has this output, as a share of its steepest. */
const flat: Record<string, (y: number) => boolean> = {
  sigmoid: (y) => y * (1 - y) <= 0.05 / 4,
  tanh: (y) => 1 - y * y <= 0.05,
  softsign: (y) => (1 - Math.abs(y)) ** 2 <= 0.05,
  relu: (y) => y <= 0,
  relu6: (y) => y <= 0 || y >= 6,
  hardSigmoid: (y) => y <= 0 || y >= 1,
};

/** What the function can put out. */
const ranges: Record<string, [number, number]> = {
  sigmoid: [0, 1],
  tanh: [-1, 1],
  softsign: [-1, 1],
  relu: [0, 40],
  relu6: [0, 6],
  hardSigmoid: [0, 1],
};

it.each(Object.keys(flat))("of %s counts the outputs where the slope is low", (activation) => {
  const [low, high] = ranges[activation] as [number, number];
  const values = Float32Array.from({ length: 20_001 }, (_, i) => low + ((high - low) * i) / 20_000);
  const expected = Array.from(values).filter(flat[activation]!).length;
  expect(expected).toBeGreaterThan(0);
  expect(expected).toBeLessThan(values.length);
  const found = saturatedFraction(layerWith(activation), countCells(values)) * values.length;
  // Ends that are no whole number are met to 0.4 % of it.
  const isExact = activation.startsWith("relu") || activation === "hardSigmoid";
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(isExact ? 1e-9 : 0.008 * values.length);
});

it("counts no NaN, -0 as 0, and of relu no infinity", () => {
  const values = Float32Array.of(Number.NaN, -0, Number.POSITIVE_INFINITY, 2);
  expect(saturatedFraction(layerWith("relu"), countCells(values))).toBe(0.25);
});

it("is 0 of an activation without flat ends", () => {
  expect(saturatedFraction(layerWith("linear"), countCells(Float32Array.of(0, -5, 9)))).toBe(0);
});

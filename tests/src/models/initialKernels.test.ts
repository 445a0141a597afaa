import { describe, expect, it } from "vitest";
import { hasZeroBiases, identicalShare, initialKernels } from "../../../src/models/initialKernels.js";
import { tf } from "../../../src/native/index.js";

type Initializer = NonNullable<Parameters<typeof tf.layers.dense>[0]["kernelInitializer"]>;

function dense(kernelInitializer: Initializer, inputs = 4, units = 3) {
  const layer = tf.layers.dense({ name: "d", units, inputShape: [inputs], kernelInitializer });
  const model = tf.sequential({ layers: [layer] });
  return { layer, model };
}

describe("a kernel", () => {
  it("is told by its mean, deviation and sizes", () => {
    const { layer, model } = dense("glorotNormal", 3, 2);
    // numpy: np.mean, np.std of [[1, 2], [3, 4], [5, 9]]
    layer.setWeights([tf.tensor2d([1, 2, 3, 4, 5, 9], [3, 2]), tf.tensor1d([0, 0])]);
    const before = tf.memory().numTensors;
    const { "d/kernel": kernel } = initialKernels(layer);
    expect(kernel).toMatchObject({ fanIn: 3, units: 2, mean: 4, identical: 0 });
    expect(kernel?.std).toBeCloseTo(2.581988897471611, 12);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it("has identical units where all its numbers are the same", () => {
    for (const initializer of ["zeros", "ones"] as const) {
      const { layer, model } = dense(initializer);
      expect(initialKernels(layer)["d/kernel"]).toMatchObject({ std: 0, identical: 1 });
      model.dispose();
    }
  });

  it("of thousands of rows is told by the first of them", () => {
    const drawn = tf.initializers.randomNormal({ mean: 0, stddev: 0.02, seed: 1 });
    const { layer, model } = dense(drawn, 5000, 200);
    const { "d/kernel": kernel } = initialKernels(layer);
    expect(kernel).toMatchObject({ fanIn: 5000, units: 200, identical: 0 });
    // The deviation of 64 · 200 numbers is known to a hundredth.
    expect(kernel?.std).toBeGreaterThan(0.019);
    expect(kernel?.std).toBeLessThan(0.021);
    model.dispose();
  });
});

it("units are identical where all of their numbers are", () => {
  expect(identicalShare(Float32Array.of(1, 2, 1, 4, 3, 3, 3, 3), 4)).toBe(0.5);
  expect(identicalShare(Float32Array.of(1, 2, 1, 4, 3, 3, 2, 3), 4)).toBe(0);
});

it("biases are 0 until they are not, and layers without any have none", () => {
  const { layer, model } = dense("glorotNormal");
  expect(hasZeroBiases(layer)).toBe(true);
  layer.setWeights([tf.zeros([4, 3]), tf.tensor1d([0, 0, 1e-30])]);
  expect(hasZeroBiases(layer)).toBe(false);
  expect(hasZeroBiases(tf.layers.flatten())).toBeUndefined();
  model.dispose();
});

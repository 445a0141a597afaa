import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { capture, tf } from "../../../../src/native/index.js";

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

interface Case {
  readonly inputs: readonly (Values & { readonly gradient: number[] })[];
  readonly above: Values;
  readonly output: number[];
}

type Op = "gatherNd" | "scatterNd" | "stridedSlice" | "depthToSpace" | "conv3dTranspose";
type Oracle = Record<Op, Case> & {
  readonly einsum: Record<string, Case>;
};

const oracle = JSON.parse(
  readFileSync(new URL("../../../oracles/native/missingGradients.json", import.meta.url), "utf8"),
) as Oracle;

const tensor = ({ values, shape }: Values) => tf.tensor(values, shape);

function expectClose(actual: tf.Tensor, expected: readonly number[]) {
  const values = actual.dataSync();
  expect(values.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((values[i] as number) - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
  });
}

/** PyTorch's values and gradients in float64, op by op and captured. */
function holds({ inputs, above, output }: Case, compute: (...inputs: tf.Tensor[]) => tf.Tensor) {
  const given = inputs.map(tensor);
  expectClose(compute(...given), output);
  const gradients = (...values: tf.Tensor[]) => tf.grads(compute)(values, tensor(above));
  for (const run of [gradients, capture(gradients)])
    for (const [i, gradient] of run(...given).entries())
      expectClose(gradient, inputs[i]?.gradient as number[]);
}

describe("gradients that TensorFlow.js lacks are PyTorch's:", () => {
  it.each(Object.keys(oracle.einsum))("einsum %s", (equation) => {
    holds(oracle.einsum[equation] as Case, (...inputs) => tf.einsum(equation, ...inputs));
  });

  it("einsum, but for diagonals", () => {
    const trace = tf.grad((x: tf.Tensor) => tf.einsum("aa->", x));
    expect(() => trace(tf.eye(2))).toThrowError(/needs each label once in a factor, but one of "aa->" is aa/);
  });

  it("gatherND, also of places gathered twice", () => {
    const places = tf.tensor2d([0, 1, 2, 3, 0, 1], [3, 2], "int32");
    holds(oracle.gatherNd, (x) => tf.gatherND(x, places));
  });

  it("scatterND, also of rows written twice", () => {
    const rows = tf.tensor2d([2, 0, 2], [3, 1], "int32");
    holds(oracle.scatterNd, (updates) => tf.scatterND(rows, updates, [4, 3]));
  });

  it("stridedSlice, with an axis that goes", () => {
    holds(oracle.stridedSlice, (x) => tf.stridedSlice(x, [1, 2], [6, 3], [2, 1], 0, 0, 0, 0, 2));
  });

  it("conv3dTranspose", () => {
    holds(oracle.conv3dTranspose, (x, filter) =>
      tf.conv3dTranspose(x as tf.Tensor5D, filter as tf.Tensor5D, [1, 4, 5, 2, 2], 2, "valid"),
    );
  });

  it("depthToSpace", () => {
    holds(oracle.depthToSpace, (x) => tf.depthToSpace(x as tf.Tensor4D, 2));
  });
});

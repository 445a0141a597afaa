import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";

/** Row-major product in float64. */
function product(a: number[][], b: number[][]): number[] {
  return a.flatMap((row) =>
    (b[0] as number[]).map((_, j) =>
      row.reduce((sum, value, k) => sum + value * ((b[k] as number[])[j] as number), 0),
    ),
  );
}

const transposed = (m: number[][]) => (m[0] as number[]).map((_, j) => m.map((row) => row[j] as number));
const a = [
  [1, 2, 3],
  [4, 5, 6],
];
const b = [
  [1, -1, 2, 0],
  [0, 3, 1, 1],
  [2, 2, -2, 5],
];

it.each([
  [false, false],
  [true, false],
  [false, true],
  [true, true],
])("transposes as asked: %o, %o", (transposeA, transposeB) => {
  const left = tf.tensor2d(transposeA ? transposed(a) : a);
  const right = tf.tensor2d(transposeB ? transposed(b) : b);
  const result = tf.matMul(left, right, transposeA, transposeB);
  expect(result.shape).toEqual([2, 4]);
  expect(Array.from(result.dataSync())).toEqual(product(a, b));
});

it("keeps leading ones, and leaves batches to the batched kernel", () => {
  const left = tf.tensor3d([a]);
  expect(tf.matMul(left, tf.tensor3d([b])).shape).toEqual([1, 2, 4]);
  const batched = tf.matMul(tf.stack([tf.tensor2d(a), tf.tensor2d(a)]) as tf.Tensor3D, tf.tensor3d([b]));
  expect(batched.shape).toEqual([2, 2, 4]);
  expect(Array.from(batched.dataSync())).toEqual([...product(a, b), ...product(a, b)]);
  expect(
    Array.from(tf.matMul(tf.tensor2d(a, undefined, "int32"), tf.tensor2d(b, undefined, "int32")).dataSync()),
  ).toEqual(product(a, b));
});

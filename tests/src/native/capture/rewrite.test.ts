import { expect, it } from "vitest";
import { binding } from "../../../../src/native/binding.js";
import { captureGraph } from "../../../../src/native/capture/captureGraph.js";
import { Graph } from "../../../../src/native/capture/graph.js";
import { DType } from "../../../../src/native/dtypes.js";
import { tf } from "../../../../src/native/index.js";
import { tensorId } from "../../../../src/native/tensorId.js";

/** The names of the ops a capture notes. */
function notedOps(build: () => void): string[] {
  const names: string[] = [];
  const original = Graph.prototype.addOp;
  Graph.prototype.addOp = function addOp(op) {
    names.push(op.name);
    return original.call(this, op);
  };
  try {
    build();
  } finally {
    Graph.prototype.addOp = original;
  }
  return names;
}

/** The same computation, captured and op by op. */
function both(build: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[]) {
  const captured = captureGraph((scope) => [
    build(...inputs.map(({ shape }) => scope.input(DType.float32, shape))),
  ]);
  const handles = inputs.map((input) => binding.handle(tensorId(input), "a test"));
  const [pointer = 0n] = captured.run(handles);
  const replayed = binding.tensorDataSync(binding.adoptHandle(pointer).id);
  return { replayed: bytes(replayed), eager: bytes(build(...inputs).dataSync()) };
}

/** Compared much faster than numbers one by one. */
function bytes(values: unknown): Buffer {
  const { buffer, byteOffset, byteLength } = values as Float32Array;
  return Buffer.from(buffer, byteOffset, byteLength);
}

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);

it.each([
  [
    [64, 28, 28, 1],
    [3, 3, 1, 32],
  ],
  [
    [64, 13, 13, 32],
    [3, 3, 32, 64],
  ],
  [
    [17, 9, 9, 3],
    [5, 5, 3, 7],
  ],
] as const)("a convolution of %o by %o with bias and ReLU, fused, has the same digits", (x, w) => {
  const build = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
    tf.relu(tf.add(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, "same"), c));
  const inputs = [normal([...x], 1), normal([...w], 2), normal([w[3]], 3)];
  const { replayed, eager } = both(build, inputs);
  expect(replayed.equals(eager)).toBe(true);
});

it.each([
  [64, 784, 256],
  [64, 1600, 10],
  [7, 33, 5],
])("a product [%d, %d]·[%d] with bias, with and without ReLU, has the same digits", (m, k, n) => {
  const inputs = [normal([m, k], 1), normal([k, n], 2), normal([n], 3)];
  const sum = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => tf.add(tf.matMul(a, b), c);
  for (const build of [sum, (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => tf.relu(sum(a, b, c))]) {
    const { replayed, eager } = both(build, inputs);
    expect(replayed.equals(eager)).toBe(true);
  }
});

it("fuses, and notes no op that changes nothing", () => {
  const ops = notedOps(() =>
    captureGraph((scope) => {
      const x = scope.input(DType.float32, [4, 3]);
      const wide = tf.reshape(tf.cast(tf.reshape(x, [2, 6]), "float32"), [4, 3]);
      return [
        tf.relu(tf.add(tf.matMul(wide, scope.input(DType.float32, [3, 2])), scope.input(DType.float32, [2]))),
      ];
    }),
  );
  expect(ops).toContain("_FusedMatMul");
  expect(ops).not.toContain("Cast");
  expect(ops.filter((name) => name === "Reshape")).toHaveLength(1);
});

it("leaves an addition alone that is no bias", () => {
  const build = (a: tf.Tensor, b: tf.Tensor) => tf.relu(tf.add(a, b));
  for (const shape of [[3], [2, 3], [4, 2, 3], [1]]) {
    const { replayed, eager } = both(build, [normal([2, 3], 1), normal(shape, 2)]);
    expect(replayed.equals(eager)).toBe(true);
  }
});

import { expect, it } from "vitest";
import { capture, tf } from "../../../../src/native/index.js";

const x = () => tf.ones([4, 3]);
const w = () => tf.ones([3, 2]);
const b = () => tf.ones([2]);
const layer = (a: tf.Tensor, k: tf.Tensor, c: tf.Tensor) => tf.relu(tf.add(tf.matMul(a, k), c));

it("lists the ops as they were called and as they run", () => {
  const explanation = capture.explain(layer, x(), w(), b());
  expect(explanation.before).toEqual(["MatMul", "Add", "Relu"]);
  expect(explanation.after).toEqual([
    { name: "_FusedMatMul", outputs: ["float32[4,2]"] },
    { name: "Identity", outputs: ["float32[4,2]"] },
  ]);
  expect(explanation.milliseconds).toBeGreaterThan(0);
});

it("leaves out ops that nobody needs, and those that compute the same", () => {
  const { before, after } = capture.explain((a: tf.Tensor) => {
    tf.exp(a);
    const one = tf.sin(tf.mul(a, 2));
    const same = tf.sin(tf.mul(a, 2));
    return tf.add(one, same);
  }, x());
  expect(before).toEqual(["Exp", "Mul", "Sin", "Mul", "Sin", "Add"]);
  expect(after.map(({ name }) => name)).toEqual(["Const", "Mul", "Sin", "Add", "Identity"]);
});

it("keeps apart what differs in an attribute, and what draws", () => {
  const names = (fn: (a: tf.Tensor) => tf.Tensor) =>
    capture
      .explain(fn, x())
      .after.map(({ name }) => name)
      .filter((name) => /Sum|Leaky|Random/.test(name));
  expect(names((a) => tf.add(tf.leakyRelu(a, 0.1), tf.leakyRelu(a, 0.2)))).toHaveLength(2);
  expect(names((a) => tf.add(tf.leakyRelu(a, 0), tf.leakyRelu(a, -0)))).toHaveLength(2);
  expect(names((a) => tf.add(tf.sum(a, 0), tf.sum(a, 0, true)))).toHaveLength(2);
  expect(names(() => tf.add(tf.randomNormal([3]), tf.randomNormal([3])))).toHaveLength(2);
});

it("is of the last call where no arguments are given, and of any others", () => {
  const captured = capture(layer);
  captured(x(), w(), b());
  captured(tf.ones([9, 3]), w(), b());
  expect(captured.explain().after[0]?.outputs).toEqual(["float32[9,2]"]);
  expect(captured.explain(tf.ones([7, 3]), w(), b()).after[0]?.outputs).toEqual(["float32[7,2]"]);
  expect(captured.captures).toHaveLength(3);
});

it("is a table", () => {
  const explanation = capture.explain((a: tf.Tensor) => tf.square(tf.square(a)), x());
  expect(`${explanation}`.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
    ["op", "before", "after"],
    [expect.stringMatching(/^─+$/), expect.anything(), expect.anything()],
    ["Identity", "1"],
    ["Square", "2", "2"],
    ["all", "2", "3"],
  ]);
  expect(explanation.toMimeBundle()).toEqual({ "text/plain": `${explanation}` });
});

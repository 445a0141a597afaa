import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";

const x = tf.tensor1d([-2, -0.5, 0.5, 2]);
const zero = tf.scalar(0);
const comparisons: Record<string, (value: tf.Tensor) => tf.Tensor> = {
  greater: (value) => tf.greater(value, zero),
  less: (value) => tf.less(zero, value),
  lessEqual: (value) => tf.lessEqual(zero, value),
  equal: (value) => tf.equal(tf.sign(value), tf.ones([4])),
  notEqual: (value) => tf.logicalNot(tf.notEqual(tf.sign(value), tf.ones([4]))),
  isFinite: (value) => tf.isFinite(tf.log(value)),
  logicalOr: (value) => tf.logicalOr(tf.greater(value, zero), tf.isNaN(value)),
  any: (value) => tf.any(tf.reshape(tf.greater(value, zero), [4, 1]), 1),
  all: (value) => tf.all(tf.reshape(tf.greater(value, zero), [4, 1]), 1),
};

it.each(Object.keys(comparisons))(
  "%s lets through what it multiplies, and adds no slope of its own",
  (name) => {
    const positive = comparisons[name] as (value: tf.Tensor) => tf.Tensor;
    const slope = tf.grad((value) => tf.sum(tf.mul(tf.square(value), tf.cast(positive(value), "float32"))));
    expect(Array.from(slope(x).dataSync(), (value) => value + 0)).toEqual([0, 0, 1, 4]);
  },
);

import { describe, expect, it } from "vitest";
import { capture, tf } from "../../../../../src/native/index.js";
import { normal } from "./examples.js";

const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
const w = tf.variable(normal([4, 3], 7), true, "the weight");
const layer = (x: tf.Tensor) => tf.tanh(tf.matMul(x, w));
const inputs = () => [normal([5, 4], 1), normal([5, 3], 2)] as [tf.Tensor, tf.Tensor];

describe("gradients flow through a captured function", () => {
  it("to its arguments, with the digits of the function itself", () => {
    const fn = (x: tf.Tensor, y: tf.Tensor) => tf.mean(tf.square(tf.sub(layer(x), y)));
    const captured = capture(fn);
    for (let i = 0; i < 2; i++)
      expect(tf.grads(captured)(inputs()).map(values)).toEqual(tf.grads(fn)(inputs()).map(values));
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => captured(x, inputs()[1]))(inputs()[0]);
    expect(values(value)).toEqual(values(fn(...inputs())));
    expect(grad.shape).toEqual([5, 4]);
  });

  it("to variables, among other ops, twice in one function", () => {
    const through = (step: (x: tf.Tensor) => tf.Tensor) => {
      const [x, y] = inputs();
      const loss = () =>
        tf.mean(tf.square(tf.sub(tf.add(step(tf.mul(x, 2)), step(tf.neg(x))), y))) as tf.Scalar;
      const { value, grads } = tf.variableGrads(loss, [w]);
      return [values(value), values(grads[w.name] as tf.Tensor)];
    };
    expect(through(capture(layer))).toEqual(through(layer));
  });

  it("from several results, whole numbers among them", () => {
    const fn = (x: tf.Tensor) => ({ value: tf.exp(x), place: tf.argMax(x), other: tf.sin(x) });
    const loss = (step: typeof fn) => (x: tf.Tensor) => {
      const { value, place, other } = step(x);
      return tf.sum(tf.mul(tf.mul(value, other), tf.cast(place, "float32")));
    };
    const x = tf.tensor1d([0.5, 2, -1]);
    expect(values(tf.grad(loss(capture(fn)))(x))).toEqual(values(tf.grad(loss(fn))(x)));
    const unused = (x: tf.Tensor) => tf.sum(capture(fn)(x).value);
    expect(values(tf.grad(unused)(x))).toEqual(values(tf.exp(x)));
  });

  it("of a second order", () => {
    const cube = (x: tf.Tensor) => tf.mul(tf.square(x), x);
    const x = tf.tensor1d([1, 2, 3]);
    const second = (fn: typeof cube) => tf.grad((z: tf.Tensor) => tf.sum(tf.grad(fn)(z)));
    expect(values(second(capture(cube))(x))).toEqual([6, 12, 18]);
  });

  it("with the random numbers of the call itself", () => {
    const noisy = capture((x: tf.Tensor) => tf.mul(x, tf.randomUniform([4])));
    const x = tf.tensor1d([1, 2, 3, 4]);
    const { value, grad } = tf.valueAndGrad((z: tf.Tensor) => tf.sum(noisy(z)))(x);
    expect(values(tf.sum(tf.mul(grad, x)))[0]).toBeCloseTo(values(value)[0] as number, 5);
    expect(new Set(values(grad)).size).toBe(4);
  });

  it("from the values that variables had in the call, which are written once", () => {
    const v = tf.variable(tf.scalar(3));
    const fn = (x: tf.Tensor) => {
      const result = tf.mul(tf.square(x), v);
      v.assign(tf.add(v, 1));
      return result;
    };
    const x = tf.scalar(2);
    const captured = capture(fn);
    expect(values(tf.grad(captured)(x))).toEqual([12]);
    expect(values(v)).toEqual([4]);
    expect(values(tf.grad(captured)(x))).toEqual([16]);
  });

  it("and are kept out of what is recorded around the capture", () => {
    const inner = capture((x: tf.Tensor) => tf.grad((z: tf.Tensor) => tf.sum(tf.square(z)))(x));
    const x = tf.tensor1d([1, 2]);
    expect(values(tf.grad((z: tf.Tensor) => tf.sum(tf.mul(inner(z), z)))(x))).toEqual([4, 8]);
    const before = tf.memory().numTensors;
    tf.tidy(() => void tf.grad((z: tf.Tensor) => tf.sum(inner(z)))(x));
    expect(tf.memory().numTensors).toBe(before);
  });

  it("unless an op has none, which is said as ever", () => {
    const sorted = capture((x: tf.Tensor) => tf.topk(x, 2).values);
    expect(() => tf.grad(sorted)(tf.tensor1d([1, 2, 3]))).toThrowError(
      /gradient function not found for TopK/,
    );
    expect(values(sorted(tf.tensor1d([1, 2, 3])))).toEqual([3, 2]);
  });
});

import { expect, it } from "vitest";
import { binding } from "../../../../../src/native/binding.js";
import { capture, tf } from "../../../../../src/native/index.js";

const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

function counter(from = 0) {
  const variable = tf.variable(tf.tensor1d([from, from]));
  const count = capture((by: tf.Tensor) => {
    variable.assign(tf.add(variable, by));
    return tf.mul(variable, 10);
  });
  return { variable, count };
}

it("reads and writes variables at each call", () => {
  const { variable, count } = counter();
  const by = tf.tensor1d([1, 2]);
  expect(values(count(by))).toEqual([10, 20]);
  expect(values(count(by))).toEqual([20, 40]);
  expect(values(variable)).toEqual([2, 4]);
});

it("sees what was assigned in between, and is seen by other functions and by the host", () => {
  const { variable, count } = counter();
  const doubled = capture(() => tf.mul(variable, 2));
  const by = tf.tensor1d([1, 1]);
  count(by);
  variable.assign(tf.tensor1d([5, 6]));
  expect(values(doubled())).toEqual([10, 12]);
  expect(values(count(by))).toEqual([60, 70]);
  expect(values(doubled())).toEqual([12, 14]);
  expect(values(tf.add(variable, 1))).toEqual([7, 8]);
  const undo = capture(() => variable.assign(tf.sub(variable, by)));
  undo();
  expect(values(variable)).toEqual([5, 6]);
});

it("leaves what shares a variable's value as it was", () => {
  const { variable, count } = counter();
  const by = tf.tensor1d([1, 1]);
  const first = variable.clone();
  const before = capture(() => tf.add(first, tf.mul(variable, 0)));
  count(by);
  const second = variable.clone();
  count(by);
  expect([first, second, variable].map(values)).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
  // Captured while the clone and the variable were one.
  expect(values(before())).toEqual([0, 0]);
  variable.dispose();
  expect(values(second)).toEqual([1, 1]);
});

it("writes once, at the end: what was read before is the old value", () => {
  const variable = tf.variable(tf.scalar(1));
  const fn = () => {
    const old = variable.clone();
    variable.assign(tf.scalar(7));
    variable.assign(tf.add(variable, old));
    return [old, variable, tf.add(old, 100)];
  };
  const captured = capture(fn);
  expect(captured().flatMap(values)).toEqual([1, 8, 101]);
  expect(captured().flatMap(values)).toEqual([8, 15, 108]);
});

it("takes variables of whole numbers and truth values, and as arguments", () => {
  const step = tf.variable(tf.scalar(0, "int32"));
  const flag = tf.variable(tf.scalar(false));
  const turn = capture((v: tf.Variable) => {
    v.assign(tf.add(v, tf.scalar(1, "int32")));
    flag.assign(tf.logicalNot(flag));
  });
  for (let i = 0; i < 3; i++) turn(step);
  expect([...values(step), ...values(flag)]).toEqual([3, 1]);
  const other = tf.variable(tf.scalar(10, "int32"));
  turn(other);
  expect([...values(step), ...values(other)]).toEqual([3, 11]);
  expect(turn.captures).toHaveLength(2);
});

it("keeps no tensor but the variable's own, and frees that with the variable", () => {
  const by = tf.tensor1d([1, 1]);
  const { variable, count } = counter();
  tf.dispose(count(by));
  const before = [tf.memory().numTensors, binding.getNumOfTensors()];
  for (let i = 0; i < 20; i++) {
    tf.dispose(count(by));
    variable.dataSync();
  }
  tf.dispose(count(by));
  expect([tf.memory().numTensors, binding.getNumOfTensors()]).toEqual(before);
  variable.dispose();
  // The variable, and its resource.
  expect(tf.memory().numTensors).toBe((before[0] as number) - 2);
});

it("says which variable is gone", () => {
  const variable = tf.variable(tf.scalar(1), true, "gone");
  const read = capture(() => tf.mul(variable, 2));
  read();
  variable.dispose();
  expect(() => read()).toThrowError(/uses the variable "gone", which was disposed: call forget\(\)/);
});

it("leaves all variables as they were when the capture fails", () => {
  const { variable, count } = counter(3);
  const broken = capture((x: tf.Tensor) => {
    variable.assign(tf.add(variable, x));
    return tf.scalar(variable.dataSync()[0] as number);
  });
  const by = tf.tensor1d([1, 1]);
  const fail = () => expect(() => broken(by)).toThrowError(/values of Add's output cannot be read/);
  fail();
  const before = [tf.memory().numTensors, binding.getNumOfTensors()];
  fail();
  expect([tf.memory().numTensors, binding.getNumOfTensors()]).toEqual(before);
  expect(values(variable)).toEqual([3, 3]);
  expect(values(count(by))).toEqual([40, 40]);
});

it("a failing call fails alone", () => {
  const variable = tf.variable(tf.tensor1d([1, 2, 3]));
  const pick = capture((at: tf.Tensor) => {
    variable.assign(tf.add(variable, 1));
    return tf.gather(variable, at);
  });
  expect(values(pick(tf.tensor1d([0], "int32")))).toEqual([2]);
  expect(() => pick(tf.tensor1d([5], "int32"))).toThrowError(/running the captured function failed/);
  expect(values(pick(tf.tensor1d([0], "int32")))[0]).toBe(values(variable)[0]);
});

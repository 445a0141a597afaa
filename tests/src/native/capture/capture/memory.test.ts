import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it, vi } from "vitest";
import { binding } from "../../../../../src/native/binding.js";
import { capture, tf } from "../../../../../src/native/index.js";
import { tensorflow } from "../../../../../src/native/tensorflow.js";

const megabytes = () => process.memoryUsage.rss() / 2 ** 20;
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** From the mean of the second fifth of `rounds` to that of the last, as a share. */
async function growth(rounds: number, round: () => void): Promise<number> {
  const samples: number[] = [];
  for (let i = 0; i < rounds; i++) {
    round();
    await setImmediate();
    samples.push(megabytes());
  }
  const fifth = Math.floor(rounds / 5);
  const mean = (part: readonly number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  return mean(samples.slice(-fifth)) / mean(samples.slice(fifth, 2 * fifth)) - 1;
}

it("30,000 calls that write variables do not grow", async () => {
  const w = tf.variable(tf.zeros([50, 20]));
  const step = capture((x: tf.Tensor, y: tf.Tensor) => {
    const loss = () => tf.losses.meanSquaredError(y, tf.dropout(tf.matMul(x, w), 0.1)) as tf.Scalar;
    const { value, grads } = tf.variableGrads(loss, [w]);
    w.assign(tf.sub(w, tf.mul(grads[w.name] as tf.Tensor, 0.01)));
    return value;
  });
  const [x, y] = [tf.ones([10, 50]), tf.ones([10, 20])];
  tf.dispose(step(x, y));
  const tensors = [tf.memory().numTensors, binding.getNumOfTensors()];
  const grown = await growth(60, () => {
    for (let i = 0; i < 500; i++) tf.tidy(() => void step(x, y).dataSync());
  });
  expect(grown).toBeLessThan(0.03);
  expect([tf.memory().numTensors, binding.getNumOfTensors()]).toEqual(tensors);
});

it("600 captures of several signatures, made and disposed of, do not grow", async () => {
  const big = tf.randomNormal([300, 300]);
  const w = tf.variable(tf.zeros([300, 300]));
  const grown = await growth(30, () => {
    for (let i = 0; i < 20; i++) {
      const captured = capture((x: tf.Tensor) => {
        w.assign(tf.add(w, tf.matMul(tf.tile(x, [300, 1]), big)));
        return tf.sum(w);
      });
      tf.tidy(() => void [captured(tf.ones([1, 300])), captured(tf.ones([1, 300], "int32").toFloat())]);
      captured.dispose();
    }
  });
  expect(grown).toBeLessThan(0.03);
});

it("frees functions that were forgotten, and variables with their resources", async () => {
  // Those of the tests before.
  for (let i = 0; i < 5; i++) {
    collect();
    await setImmediate();
  }
  const { api } = tensorflow();
  const removed = vi.spyOn(api, "TFE_ContextRemoveFunction");
  const tensors = binding.getNumOfTensors();
  const forget = () => {
    for (let i = 0; i < 8; i++) {
      const v = tf.tidy(() => tf.variable(tf.zeros([1000])));
      const count = capture((x: tf.Tensor) => v.assign(tf.add(v, x)));
      tf.tidy(() => void count(tf.scalar(1)));
      v.dispose();
    }
  };
  forget();
  for (let i = 0; i < 20 && removed.mock.calls.length < 8; i++) {
    collect();
    await setImmediate();
  }
  expect(removed).toHaveBeenCalledTimes(8);
  expect(binding.getNumOfTensors()).toBe(tensors);
  removed.mockRestore();
});

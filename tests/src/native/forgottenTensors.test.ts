import { expect, it } from "vitest";
import { withoutLeftovers } from "../../../src/base/leftovers.js";
import { binding } from "../../../src/native/binding.js";
import { tf } from "../../../src/native/index.js";

/** 20 MB: worth a collection. */
const large = (value: number) => tf.fill([5_000_000], value).add(0);
const names = () => Object.keys(tf.engine().registeredVariables);

function model(): tf.LayersModel {
  const made = tf.sequential({ layers: [tf.layers.dense({ units: 2000, inputShape: [2500] })] });
  tf.dispose(made.predict(tf.ones([1, 2500])));
  return made;
}

it("frees the models and tensors that work forgot, not those that live on", async () => {
  const before = { tensors: binding.getNumOfTensors(), names: names() };
  const outside = tf.variable(large(1));
  const kept: { model: tf.LayersModel; tensor: tf.Tensor }[] = [];
  for (let time = 0; time < 4; time++)
    await withoutLeftovers(async () => {
      if (time === 0) kept.push({ model: model(), tensor: large(7) });
      model();
      large(time);
      tf.variable(large(time), true, "mine");
      await Promise.resolve();
    });
  // Of `outside` the tensor it was made of is reachable no more either, but it was made before.
  expect(binding.getNumOfTensors()).toBeLessThanOrEqual(before.tensors + 8);
  expect(names().length).toBe(before.names.length + 3);
  for (const { model: alive, tensor } of kept) {
    expect(tensor.slice([0], [2]).dataSync()).toEqual(Float32Array.of(7, 7));
    expect((alive.predict(tf.zeros([1, 2500])) as tf.Tensor).shape).toEqual([1, 2000]);
    expect(names()).toEqual(
      expect.arrayContaining(alive.weights.map((weight) => (weight.read() as tf.Variable).name)),
    );
  }
  expect(outside.slice([0], [1]).dataSync()).toEqual(Float32Array.of(1));
});

it("waits for the last of works that overlap, and does nothing for work without tensors", async () => {
  const before = binding.getNumOfTensors();
  let finish = () => {};
  const long = withoutLeftovers(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  const forget = () => void large(3);
  await withoutLeftovers(async () => forget());
  expect(binding.getNumOfTensors()).toBeGreaterThan(before);
  finish();
  await long;
  expect(binding.getNumOfTensors()).toBeLessThanOrEqual(before);
  // A collection of garbage takes a thousand times as long. The best of several: the machine may pause.
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const from = performance.now();
    for (let i = 0; i < 200; i++) await withoutLeftovers(async () => i);
    times.push(performance.now() - from);
  }
  expect(Math.min(...times)).toBeLessThan(100);
});

it("gives back what the work returned and threw", async () => {
  expect(await withoutLeftovers(async () => 5)).toBe(5);
  await expect(
    withoutLeftovers(async () => {
      throw new RangeError("no");
    }),
  ).rejects.toThrow("no");
});

import { expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { tf } from "../../../src/native/index.js";
import { ResourceVariable } from "../../../src/native/resourceVariable.js";

it("keeps a value of its own; what was read stays as it was", () => {
  const initial = tf.tensor1d([1, 2]);
  const variable = new ResourceVariable(initial);
  const first = variable.read();
  variable.assign(tf.tensor1d([3, 4]));
  expect(Array.from(first.dataSync())).toEqual([1, 2]);
  expect(Array.from(variable.read().dataSync())).toEqual([3, 4]);
  expect(variable.shape).toEqual([2]);
  variable.dispose();
});

it("outlives the tidy it was made in, and leaves nothing behind", () => {
  const counts = () => [tf.memory().numTensors, binding.getNumOfTensors()];
  const before = counts();
  let variable: ResourceVariable | undefined;
  tf.tidy(() => {
    variable = new ResourceVariable(tf.ones([3]));
  });
  const value = variable?.read();
  expect(Array.from(value?.dataSync() ?? [])).toEqual([1, 1, 1]);
  value?.dispose();
  variable?.dispose();
  expect(counts()).toEqual(before);
});

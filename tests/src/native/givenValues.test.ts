import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";

it.each<[number[][] | string[][], string]>([
  [[[1, 2], [3]], "float32 and shape [2, 2] needs 4 values, got 3"],
  [
    [
      [1, 2],
      [3, 4, 5],
    ],
    "float32 and shape [2, 2] needs 4 values, got 5",
  ],
  [[["a"], ["b", "c"]], "string and shape [2, 1] needs 2 values, got 3"],
])("refuses a tensor of uneven lists when it is made: %j", (lists, said) => {
  const before = tf.memory().numTensors;
  expect(() => tf.tensor2d(lists)).toThrow(
    new RangeError(`tf.tensor of ${said}: the lists within a list must be equally long`),
  );
  expect(tf.memory().numTensors).toBe(before);
});

it("lets whole tensors be made, empty and complex ones among them", () => {
  expect(tf.tensor2d([[], []]).shape).toEqual([2, 0]);
  expect([...tf.complex([1, 2], [3, 4]).dataSync()]).toEqual([1, 3, 2, 4]);
  expect(tf.buffer([2, 2]).toTensor().shape).toEqual([2, 2]);
});

import { expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";

it("says of a disposed tensor that it is one", () => {
  const gone = tf.ones([2, 3]);
  gone.dispose();
  expect(() => tf.add(gone, 1)).toThrow(
    new RangeError("computing needs live tensors, but one of float32[2,3] was disposed"),
  );
});

it("still takes data that another tensor holds", () => {
  const first = tf.tensor1d([1, 2]);
  const second = first.clone();
  first.dispose();
  expect([...tf.add(first, 1).dataSync()]).toEqual([2, 3]);
  second.dispose();
});

import { expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { DType } from "../../../src/native/dtypes.js";
import { tf } from "../../../src/native/index.js";
import { fromSaved } from "../../../src/native/savedTypes.js";

function int64(values: bigint[]): tf.Tensor {
  const id = binding.createTensor([values.length], DType.int64, BigInt64Array.from(values));
  return fromSaved(binding.handle(id, "a test"));
}

it("makes int32 of int64 where all values fit", () => {
  const before = binding.getNumOfTensors();
  const tensor = int64([-(2n ** 31n), -1n, 0n, 2n ** 31n - 1n]);
  expect(tensor.dtype).toBe("int32");
  expect(tensor.dataSync()).toEqual(Int32Array.of(-(2 ** 31), -1, 0, 2 ** 31 - 1));
  tensor.dispose();
  expect(binding.getNumOfTensors()).toBe(before);
});

it.each([2n ** 31n, -(2n ** 31n) - 1n, 2n ** 32n, 2n ** 62n])("leaves int64 with %s as it is", (value) => {
  const tensor = int64([1n, value]);
  expect(tensor.dataSync()).toEqual(BigInt64Array.of(1n, value));
  expect(() => tf.add(tensor, tf.scalar(1, "int32"))).toThrowError(/int64/);
  tensor.dispose();
});

import { expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { ReusedTensor } from "../../../src/native/reusedTensor.js";

it("shows what was written last, without a new tensor", () => {
  const before = binding.getNumOfTensors();
  const tensor = new ReusedTensor(Float32Array.of(1, 2, 3));
  const { handle } = tensor;
  expect(binding.tensorDataSync(handle.id)).toEqual(Float32Array.of(1, 2, 3));
  tensor.write(Float32Array.of(4, 5, 6));
  expect(tensor.handle).toBe(handle);
  expect(binding.tensorDataSync(handle.id)).toEqual(Float32Array.of(4, 5, 6));
  expect(() => tensor.write(Float32Array.of(1))).toThrowError(/holds 3 values, but was given 1/);
  tensor.dispose();
  expect(binding.getNumOfTensors()).toBe(before);
});

it("takes whole numbers", () => {
  const tensor = new ReusedTensor(Int32Array.of(7, -7));
  tensor.write(Int32Array.of(2 ** 31 - 1, 0));
  expect(binding.tensorDataSync(tensor.handle.id)).toEqual(Int32Array.of(2 ** 31 - 1, 0));
  tensor.dispose();
});

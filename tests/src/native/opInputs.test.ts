/** Each of these calls ends the process where TensorFlow gets it, or would. */
import { expect, it } from "vitest";
import { tf } from "../../../src/native/backend.js";
import { binding } from "../../../src/native/binding.js";
import { DType } from "../../../src/native/dtypes.js";
import { AttrType } from "../../../src/native/opAttributes.js";

const vector = () => binding.createTensor([2], DType.float32, Float32Array.of(1, 2));
const N = (value: number) => ({ name: "N", type: AttrType.int, value });
const T = (value: number | number[]) => ({
  name: "T",
  type: Array.isArray(value) ? AttrType.typeList : AttrType.type,
  value,
});

it.each([
  ["one too many", "Sub", [], 3, "Sub needs 2 inputs, but was given 3"],
  ["one too few", "Sub", [], 1, "Sub needs 2 inputs, but was given 1"],
  ["some where none is taken", "NoOp", [], 1, "NoOp needs 0 inputs, but was given 1"],
  ["more than a list is long", "AddN", [N(2)], 3, "AddN needs 2 inputs, but was given 3"],
  ["other than as many types", "IdentityN", [T([1, 1])], 1, "IdentityN needs 2 inputs, but was given 1"],
  ["more than the first of two lengths", "AddN", [N(2), N(3)], 3, "AddN needs 2 inputs, but was given 3"],
  ["none beside a list", "ConcatV2", [], 0, "ConcatV2 needs at least 1 input, but was given 0"],
] as const)("an op refuses inputs: %s", (_what, name, attributes, count, message) => {
  const inputs = Array.from({ length: count }, vector);
  expect(() => binding.executeOp(name, [...attributes], inputs, 1)).toThrowError(message);
  for (const id of inputs) binding.deleteTensor(id);
});

it("lists of the length that is said are taken", () => {
  const inputs = [vector(), vector(), vector()];
  const [sum] = binding.executeOp("AddN", [N(3), T(DType.float32)], inputs, 1);
  expect(binding.tensorDataSync(sum?.id ?? -1)).toEqual(Float32Array.of(3, 6));
  const copies = binding.executeOp("IdentityN", [T([1, 1, 1])], inputs, 3);
  expect(copies.length).toBe(3);
  for (const id of [...inputs, ...[sum, ...copies].map((made) => made?.id ?? -1)]) binding.deleteTensor(id);
  expect(tf.addN([tf.ones([2]), tf.ones([2])]).arraySync()).toEqual([2, 2]);
});

it("more outputs than the call has room for are refused, before TensorFlow makes room for them", () => {
  const inputs = [
    vector(),
    binding.createTensor([2], DType.int32, Int32Array.of(1, 1)),
    binding.createTensor([], DType.int32, Int32Array.of(0)),
  ];
  const split = (parts: number) => [{ name: "num_split", type: AttrType.int, value: parts }];
  expect(() => binding.executeOp("SplitV", split(2 ** 31 - 1), inputs, 2)).toThrowError(
    "SplitV gives 2147483647 outputs, but the call has room for 2",
  );
  expect(() => binding.executeOp("Neg", [], inputs.slice(0, 1), 0)).toThrowError(
    "Neg gives 1 output, but the call has room for 0",
  );
  const parts = binding.executeOp("SplitV", split(2), inputs, 2);
  expect(parts.map(({ shape }) => shape)).toEqual([[1], [1]]);
  for (const id of [...inputs, ...parts.map((part) => part.id)]) binding.deleteTensor(id);
});

it("where nothing says how many outputs there are, TensorFlow says so", () => {
  const input = vector();
  expect(() => binding.executeOp("IdentityN", [], [input], 0)).toThrowError("No attr named 'T'");
  binding.deleteTensor(input);
});

import { expect, it } from "vitest";
import { DType } from "../../../src/native/dtypes.js";
import { tensorBytes } from "../../../src/native/tensorBytes.js";

it.each([
  ["float32", DType.float32, 24],
  ["float64", DType.float64, 48],
  ["bool", DType.bool, 6],
  ["complex64", DType.complex64, 48],
  ["bfloat16", 14, 12],
  ["complex128", 18, 96],
  ["resource", DType.resource, 0],
  ["variant", 21, 0],
])("knows what six values of %s take", (_, dtype, bytes) => {
  expect(tensorBytes({ shape: [2, 3], dtype })).toBe(bytes);
});

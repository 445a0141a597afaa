/** TensorFlow's element types, by the numbers of its C API (`TF_DataType`). */
export const DType = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  float16: 19,
  resource: 20,
  variant: 21,
} as const;

const names = new Map<number, string>([
  ...Object.entries(DType).map(([name, number]): [number, string] => [number, name]),
  [5, "int16"],
  [6, "int8"],
  [17, "uint16"],
  [18, "complex128"],
  [22, "uint32"],
  [23, "uint64"],
]);

/** Bytes of one element; a string's is its slot, not its text. */
const elementBytes = new Map<number, number>([
  [DType.float32, 4],
  [DType.float64, 8],
  [DType.int32, 4],
  [DType.uint8, 1],
  [DType.string, 24],
  [DType.complex64, 8],
  [DType.int64, 8],
  [DType.bool, 1],
]);

/** A name to show in messages; `type 11` for one that is rarely met. */
export function dtypeName(dtype: number): string {
  return names.get(dtype) ?? `type ${dtype}`;
}

/** @throws TypeError for a type whose values are not moved between JavaScript and TensorFlow. */
export function bytesPerElement(dtype: number): number {
  const bytes = elementBytes.get(dtype);
  if (bytes === undefined)
    throw new TypeError(`moving a tensor's values needs a known element type, not ${dtypeName(dtype)}`);
  return bytes;
}

import { sizeOfShape } from "../base/sizeOfShape.js";
import { bytesPerElement, DType } from "./dtypes.js";
import type { SeenTensor } from "./opWatch.js";

/** Element types that TensorFlow.js lacks, by TensorFlow's numbers. */
const otherTypes = new Map<number, number>([
  [5, 2], // int16
  [6, 1], // int8
  [14, 2], // bfloat16
  [17, 2], // uint16
  [18, 16], // complex128
  [19, 2], // float16
  [22, 4], // uint32
  [23, 8], // uint64
]);

/** What lies behind them is no value of a tensor. */
const handles: readonly number[] = [DType.resource, DType.variant];
const known = new Set<number>(Object.values(DType).filter((type) => !handles.includes(type)));

/** What a tensor's values take in memory; of texts only their slots, of a resource or another handle nothing. */
export function tensorBytes({ shape, dtype }: SeenTensor): number {
  const each = otherTypes.get(dtype) ?? (known.has(dtype) ? bytesPerElement(dtype) : 0);
  return sizeOfShape(shape) * each;
}

/** Moves values between JavaScript's arrays and TensorFlow's tensors. */
import { sizeOfShape } from "../base/sizeOfShape.js";
import { bytesPerElement, DType, dtypeName } from "./dtypes.js";
import { isNull, type Pointer } from "./ffi.js";
import { hintFor, resourceExhausted } from "./hint.js";
import { shapeLacks } from "./shapeLimits.js";
import { check, type TensorFlow, TensorFlowError } from "./tensorflow.js";

/** What TensorFlow.js hands over: numbers as a typed array (or a plain one), strings as their bytes. */
export type TensorValues =
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint8Array
  | BigInt64Array
  | readonly (number | boolean)[]
  | readonly Uint8Array[];

/** Small results, such as a step's loss, pass through here: memory that native code has seen is dear to free. */
const scratch = new Float32Array(64);

const stringSlot = BigInt(bytesPerElement(DType.string));

/**
 * A new TF_Tensor with a copy of `values`; the caller frees it with TF_DeleteTensor.
 *
 * complex64 takes a Float32Array of real, imaginary pairs; int64 an Int32Array of low, high pairs or a BigInt64Array.
 * @throws TypeError or RangeError when values do not fit dtype and shape.
 */
export function newTensor(
  tf: TensorFlow,
  shape: readonly number[],
  dtype: number,
  values: TensorValues,
): Pointer {
  checkShape(shape);
  const count = sizeOfShape(shape);
  const size = count * bytesPerElement(dtype);
  const data = dtype === DType.string ? strings(values, count) : numbers(values, dtype, count);
  const tensor = allocate(tf, shape, dtype, size);
  const memory = tf.api.TF_TensorData(tensor);
  if (Array.isArray(data)) writeStrings(tf, memory, data);
  else if (size > 0) tf.memcpy(memory, data as NodeJS.TypedArray, size);
  return tensor;
}

/**
 * A new TF_Tensor of values that come in parts, each copied before the next is asked for; the caller frees it.
 *
 * @throws RangeError when the parts do not fill the shape; TypeError for texts, whose bytes are TensorFlow's own affair.
 */
export function newTensorOfParts(
  tf: TensorFlow,
  shape: readonly number[],
  dtype: number,
  parts: Iterable<NodeJS.TypedArray>,
): Pointer {
  checkShape(shape);
  if (dtype === DType.string)
    throw new TypeError("making a tensor of parts needs numbers, but was given texts");
  const size = sizeOfShape(shape) * bytesPerElement(dtype);
  const tensor = allocate(tf, shape, dtype, size);
  const memory = tf.api.TF_TensorData(tensor);
  let filled = 0;
  for (const part of parts) {
    if (filled + part.byteLength <= size) tf.memcpy(memory + BigInt(filled), part, part.byteLength);
    filled += part.byteLength;
  }
  if (filled === size) return tensor;
  tf.api.TF_DeleteTensor(tensor);
  const [needed, given] = [size, filled].map((bytes) => bytes / bytesPerElement(dtype));
  throw lengthError(dtype, needed as number, given as number);
}

function allocate(tf: TensorFlow, shape: readonly number[], dtype: number, size: number): Pointer {
  const dims = BigInt64Array.from(shape, BigInt);
  const tensor = tf.api.TF_AllocateTensor(dtype, dims.length > 0 ? dims : null, dims.length, size);
  if (isNull(tensor)) throw outOfMemory(shape, dtype);
  // Where memory does not suffice, TensorFlow hands out a tensor that has none.
  if (size > 0 && isNull(tf.api.TF_TensorData(tensor))) {
    tf.api.TF_DeleteTensor(tensor);
    throw outOfMemory(shape, dtype);
  }
  return tensor;
}

function outOfMemory(shape: readonly number[], dtype: number): TensorFlowError {
  const reason = `OOM when allocating tensor with shape[${shape}] and type ${dtypeName(dtype)} on the host`;
  const message = `making a tensor failed: ${reason}${hintFor(resourceExhausted, reason)}`;
  return new TensorFlowError(message, { code: resourceExhausted, reason });
}

/** A copy of a TF_Tensor's values, in the array type TensorFlow.js expects for its dtype. */
export function readTensor(tf: TensorFlow, tensor: Pointer): TensorValues {
  const dtype = tf.api.TF_TensorType(tensor);
  const size = tf.api.TF_TensorByteSize(tensor);
  const memory = tf.api.TF_TensorData(tensor);
  if (dtype === DType.string) return readStrings(tf, memory, size / Number(stringSlot));
  if (dtype === DType.float32 && size <= scratch.byteLength) {
    tf.memcpy(scratch, memory, size);
    return scratch.slice(0, size / 4);
  }
  const values = emptyArray(dtype, size);
  if (size > 0) tf.memcpy(values, memory, size);
  return values;
}

/**
 * Copies a float32 TF_Tensor's values to the beginning of `into`; what reads often has one array for them, as a new one is dear.
 *
 * @returns how many there are
 * @throws RangeError where `into` is too short; nothing is copied then
 */
export function readInto(tf: TensorFlow, tensor: Pointer, into: Float32Array): number {
  const size = tf.api.TF_TensorByteSize(tensor);
  if (size > into.byteLength)
    throw new RangeError(`reading ${size / 4} values needs as much room, but was given ${into.length}`);
  if (size > 0) tf.memcpy(into, tf.api.TF_TensorData(tensor), size);
  return size / 4;
}

/** Frees a handle, and the texts of a string tensor that nobody else holds (TensorFlow itself never does). */
export function deleteHandle(tf: TensorFlow, handle: Pointer, dtype: number): void {
  if (dtype !== DType.string) {
    tf.api.TFE_DeleteTensorHandle(handle);
    return;
  }
  const tensor = tf.api.TFE_TensorHandleResolve(handle, tf.status);
  tf.api.TFE_DeleteTensorHandle(handle);
  check(tf, () => "releasing a string tensor failed");
  const owned = tf.api.TF_TensorMaybeMove(tensor);
  if (isNull(owned)) {
    tf.api.TF_DeleteTensor(tensor);
    return;
  }
  const memory = tf.api.TF_TensorData(owned);
  const count = tf.api.TF_TensorByteSize(owned) / Number(stringSlot);
  for (let i = 0; i < count; i++) tf.api.TF_StringDealloc(memory + stringSlot * BigInt(i));
  tf.api.TF_DeleteTensor(owned);
}

function checkShape(shape: readonly number[]): void {
  if (!Array.isArray(shape))
    throw new TypeError(`a tensor's shape must be an array of whole numbers, but is ${shape}`);
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0))
    throw new RangeError(
      `a tensor's shape must hold whole numbers of at least 0, but is [${shape.join(", ")}]`,
    );
  const lacks = shapeLacks(shape);
  if (lacks) throw new RangeError(`making a tensor needs ${lacks}`);
}

function strings(values: TensorValues, count: number): readonly Uint8Array[] {
  const list = values as readonly Uint8Array[];
  if (!Array.isArray(values) || !list.every((value) => value instanceof Uint8Array))
    throw new TypeError("a string tensor's values must be an array of Uint8Array, one for each text");
  if (list.length !== count) throw lengthError(DType.string, count, list.length);
  return list;
}

function numbers(values: TensorValues, dtype: number, count: number): NodeJS.TypedArray {
  const array = typedFor(values, dtype, count);
  const given = array.byteLength / bytesPerElement(dtype);
  if (given !== count) throw lengthError(dtype, count, given);
  return array;
}

function typedFor(values: TensorValues, dtype: number, count: number): NodeJS.TypedArray {
  if (dtype === DType.int64 && Array.isArray(values)) return BigInt64Array.from(values as number[], BigInt);
  const target = emptyArray(dtype, Array.isArray(values) ? values.length * scalarBytes(dtype) : 0);
  if (Array.isArray(values)) {
    target.set(values.map(Number) as never);
    return target;
  }
  if (!ArrayBuffer.isView(values))
    throw new TypeError(
      `a ${dtypeName(dtype)} tensor's values must be a typed array or an array of numbers, but are ${typeof values}`,
    );
  if (dtype === DType.int64 && values instanceof Int32Array) return values;
  if (values.constructor === target.constructor) return values as NodeJS.TypedArray;
  if (values.length !== count && dtype !== DType.complex64) throw lengthError(dtype, count, values.length);
  const converted = emptyArray(dtype, values.length * scalarBytes(dtype));
  converted.set(values as never);
  return converted;
}

function scalarBytes(dtype: number): number {
  return dtype === DType.complex64 ? 4 : bytesPerElement(dtype);
}

function emptyArray(
  dtype: number,
  bytes: number,
): Float32Array | Float64Array | Int32Array | Uint8Array | BigInt64Array {
  if (dtype === DType.float32 || dtype === DType.complex64) return new Float32Array(bytes / 4);
  if (dtype === DType.float64) return new Float64Array(bytes / 8);
  if (dtype === DType.int32) return new Int32Array(bytes / 4);
  if (dtype === DType.int64) return new BigInt64Array(bytes / 8);
  if (dtype === DType.bool || dtype === DType.uint8) return new Uint8Array(bytes);
  throw new TypeError(`the values of a ${dtypeName(dtype)} tensor cannot be moved to JavaScript`);
}

function lengthError(dtype: number, needed: number, given: number): RangeError {
  return new RangeError(
    `a ${dtypeName(dtype)} tensor's shape asks for ${needed} value${needed === 1 ? "" : "s"}, but ${given} were given`,
  );
}

function writeStrings(tf: TensorFlow, memory: Pointer, texts: readonly Uint8Array[]): void {
  texts.forEach((text, i) => {
    const slot = memory + stringSlot * BigInt(i);
    tf.api.TF_StringInit(slot);
    tf.api.TF_StringCopy(slot, text, text.length);
  });
}

function readStrings(tf: TensorFlow, memory: Pointer, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => {
    const slot = memory + stringSlot * BigInt(i);
    const text = new Uint8Array(tf.api.TF_StringGetSize(slot));
    if (text.length > 0) tf.memcpy(text, tf.api.TF_StringGetDataPointer(slot), text.length);
    return text;
  });
}

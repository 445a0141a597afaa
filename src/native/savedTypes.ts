/** Between the types of saved models and the five that TensorFlow.js has. */
import { backend, tf } from "./backend.js";
import { binding } from "./binding.js";
import { DType } from "./dtypes.js";
import type { TensorMetadata } from "./handles.js";
import { knownType } from "./op.js";
import { AttrType } from "./opAttributes.js";

interface SavedType {
  /** TensorFlow.js's that stands for it. */
  readonly dtype: tf.DataType;
  /** TensorFlow's own word. */
  readonly tfDtype: string;
  /** Of whole numbers narrower than int32. */
  readonly range?: readonly [number, number];
}

/** By `TF_DataType`. */
const types = new Map<number, SavedType>([
  [1, { dtype: "float32", tfDtype: "DT_FLOAT" }],
  [2, { dtype: "float32", tfDtype: "DT_DOUBLE" }],
  [3, { dtype: "int32", tfDtype: "DT_INT32" }],
  [4, { dtype: "int32", tfDtype: "DT_UINT8", range: [0, 255] }],
  [5, { dtype: "int32", tfDtype: "DT_INT16", range: [-32_768, 32_767] }],
  [6, { dtype: "int32", tfDtype: "DT_INT8", range: [-128, 127] }],
  [7, { dtype: "string", tfDtype: "DT_STRING" }],
  [8, { dtype: "complex64", tfDtype: "DT_COMPLEX64" }],
  [9, { dtype: "int32", tfDtype: "DT_INT64" }],
  [10, { dtype: "bool", tfDtype: "DT_BOOL" }],
  [14, { dtype: "float32", tfDtype: "DT_BFLOAT16" }],
  [17, { dtype: "int32", tfDtype: "DT_UINT16", range: [0, 65_535] }],
  [19, { dtype: "float32", tfDtype: "DT_HALF" }],
]);

/** undefined where TensorFlow.js has no type that could stand for it. */
export function savedType(dtype: number): SavedType | undefined {
  return types.get(dtype);
}

/**
 * A tensor's id, or that of a copy in the type asked for, which the caller deletes.
 *
 * @param id of a tensor that has the type asked for, or the one that stands for it.
 */
export function asSaved(id: number, dtype: number): number {
  return binding.handle(id, "casting").dtype === dtype ? id : castTo(id, dtype).id;
}

/** The tensor that TensorFlow.js gets for an output, which it owns from then on, also where this throws. */
export function fromSaved(output: TensorMetadata): tf.Tensor {
  let made: tf.Tensor | undefined;
  try {
    made = converted(output);
  } catch (error) {
    binding.deleteTensor(output.id);
    throw error;
  }
  if (!made) return backend.createOutputTensor(knownType(output));
  binding.deleteTensor(output.id);
  return made;
}

/** A new tensor of TensorFlow.js's type; undefined where it has that type, or must stay what it is. */
function converted({ id, dtype, shape }: TensorMetadata): tf.Tensor | undefined {
  if (dtype === DType.int64) {
    const values = lowHalves(binding.tensorDataSync(id) as BigInt64Array);
    return values && tf.tensor(values, shape, "int32");
  }
  const wanted = types.get(dtype);
  if (!wanted || DType[wanted.dtype] === dtype) return undefined;
  return backend.createOutputTensor(castTo(id, DType[wanted.dtype]));
}

/** The values as int32, where all of them fit. Without BigInts, which are slow. */
function lowHalves(values: BigInt64Array): Int32Array | undefined {
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const low = new Int32Array(values.length);
  for (let i = 0; i < low.length; i++) {
    const value = halves[2 * i] as number;
    if (halves[2 * i + 1] !== value >> 31) return undefined;
    low[i] = value;
  }
  return low;
}

function castTo(id: number, dtype: number): TensorMetadata {
  const target = { name: "DstT", type: AttrType.type, value: dtype };
  return binding.executeOp("Cast", [target], [id], 1)[0] as TensorMetadata;
}

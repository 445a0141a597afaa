/** Any TensorFlow op, by its name, from TensorFlow.js code: those TensorFlow.js has no function for. */
import { type AttributesByKind, attributeList } from "./attributesByKind.js";
import { backend, type tf } from "./backend.js";
import { binding } from "./binding.js";
import { onWasm } from "./core.js";
import { DType } from "./dtypes.js";
import type { TensorMetadata } from "./handles.js";
import { namedOp } from "./wasm/namedOps.js";

/**
 * Runs (or, while a step is captured, notes) one op. It has no gradient of its own: wrap it in `tf.customGrad`.
 *
 * @throws TensorFlowError with the op's name and TensorFlow's message.
 * @example const [values] = op("Cumprod", { types: { T: DType.float32, Tidx: DType.int32 } }, [x, axis]);
 */
export function op(
  name: string,
  attributes: AttributesByKind,
  inputs: readonly tf.TensorInfo[],
  outputs = 1,
): tf.Tensor[] {
  if (onWasm) return namedOp({ name, attributes, inputs: inputs as tf.Tensor[] });
  return binding
    .executeOp(name, attributeList(attributes), backend.getInputTensorIds(inputs), outputs)
    .map((output) => backend.createOutputTensor(knownType(output)));
}

/** What is int64 in TensorFlow is called int32 in TensorFlow.js, without tfjs-node's warning: our callers know. */
export function knownType(output: TensorMetadata): TensorMetadata {
  return output.dtype === DType.int64 ? { ...output, dtype: DType.int32 } : output;
}

/** As `op`, for the many that have one output. */
export function op1(name: string, attributes: AttributesByKind, inputs: readonly tf.TensorInfo[]): tf.Tensor {
  return op(name, attributes, inputs, 1)[0] as tf.Tensor;
}

/** `{ T: float32 }`, what most ops want. */
export const float = { types: { T: DType.float32 } } as const;

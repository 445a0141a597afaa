/** Lists of float32 tensors of one shape in the graph that is captured, by the numbers of what was noted. */
import { type AttributesByKind, attributeList } from "../attributesByKind.js";
import { backend, tf } from "../backend.js";
import { binding } from "../binding.js";
import { DType } from "../dtypes.js";
import type { TensorMetadata } from "../handles.js";
import { tensorId } from "../tensorId.js";

const element_dtype = DType.float32;
const shape_type = DType.int32;

/** Notes an op. TensorFlow.js knows neither lists nor narrow types: so these are no tensors of its own. */
export function noted(
  name: string,
  attributes: AttributesByKind,
  inputs: readonly number[],
  outputs = 1,
): TensorMetadata[] {
  return binding.executeOp(name, attributeList(attributes), inputs, outputs);
}

export function noted1(
  name: string,
  attributes: AttributesByKind,
  inputs: readonly number[],
): TensorMetadata {
  return noted(name, attributes, inputs)[0] as TensorMetadata;
}

export function emptyList(shape: readonly number[]): number {
  const noLimit = tensorId(tf.scalar(-1, "int32"));
  return noted1("EmptyTensorList", { types: { element_dtype, shape_type } }, [whole(shape), noLimit]).id;
}

/** A list with room for so many. */
export function reservedList(count: number, shape: readonly number[]): number {
  const inputs = [whole(shape), tensorId(tf.scalar(count, "int32"))];
  return noted1("TensorListReserve", { types: { element_dtype, shape_type } }, inputs).id;
}

/** Of the tensors along the first axis. */
export function listOf(tensor: tf.Tensor): number {
  const inputs = [tensorId(tensor), whole(tensor.shape.slice(1))];
  return noted1("TensorListFromTensor", { types: { element_dtype, shape_type } }, inputs).id;
}

export function pushed(list: number, tensor: tf.Tensor): number {
  return noted1("TensorListPushBack", { types: { element_dtype } }, [list, tensorId(tensor)]).id;
}

/** All tensors of a list along a new first axis. */
export function stacked(list: number, count: number, shape: readonly number[]): tf.Tensor {
  const attributes = { types: { element_dtype }, ints: { num_elements: count } };
  return backend.createOutputTensor(noted1("TensorListStack", attributes, [list, whole(shape)]));
}

function whole(shape: readonly number[]): number {
  return tensorId(tf.tensor1d([...shape], "int32"));
}

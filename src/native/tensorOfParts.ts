/** A large tensor of values that are made while they are copied. */
import { backend, type tf } from "./backend.js";
import { binding } from "./binding.js";
import { DType } from "./dtypes.js";

/**
 * A float32 tensor of the shape, filled by `parts` one after another. A part may be one array filled anew each time:
 * it is copied before the next is asked for.
 *
 * @throws RangeError when the parts do not fill the shape.
 */
export function tensorOfParts(shape: readonly number[], parts: Iterable<Float32Array>): tf.Tensor {
  const id = binding.createTensorOfParts(shape, DType.float32, parts);
  return backend.createOutputTensor(binding.handle(id, "a tensor of parts"));
}

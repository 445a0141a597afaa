/** A large tensor of values that are made while they are copied. */
import { sizeOfShape } from "../base/sizeOfShape.js";
import { backend, tf } from "./backend.js";
import { binding } from "./binding.js";
import { onWasm } from "./core.js";
import { DType } from "./dtypes.js";

/**
 * A float32 tensor of the shape, filled by `parts` one after another. A part may be one array filled anew each time:
 * it is copied before the next is asked for.
 *
 * @throws RangeError when the parts do not fill the shape.
 */
export function tensorOfParts(shape: readonly number[], parts: Iterable<Float32Array>): tf.Tensor {
  if (onWasm) return tf.tensor(wholeOf(shape, parts), [...shape]);
  const id = binding.createTensorOfParts(shape, DType.float32, parts);
  return backend.createOutputTensor(binding.handle(id, "a tensor of parts"));
}

function wholeOf(shape: readonly number[], parts: Iterable<Float32Array>): Float32Array {
  const values = new Float32Array(sizeOfShape(shape));
  let filled = 0;
  for (const part of parts) {
    values.set(part, filled);
    filled += part.length;
  }
  if (filled !== values.length)
    throw new RangeError(
      `a tensor of shape [${shape}] needs ${values.length} values, but was given ${filled}`,
    );
  return values;
}

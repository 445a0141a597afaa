/** Values as they come to the backend: TensorFlow.js takes a tensor's shape from its first row, and looks at no other. */
import { sizeOfShape } from "../base/sizeOfShape.js";

/**
 * Refused where the tensor is made, since the op that would first read it may be far from there.
 *
 * @throws RangeError unless there are as many values as `shape` asks for.
 */
export function requireAsManyValues(
  values: { readonly length: number } | undefined,
  shape: readonly number[],
  dtype: string,
): void {
  // Complex values come as two tensors, or as pairs.
  if (!values || dtype === "complex64") return;
  const size = sizeOfShape(shape);
  if (values.length === size) return;
  const needed = `${size} ${size === 1 ? "value" : "values"}`;
  throw new RangeError(
    `tf.tensor of ${dtype} and shape [${shape.join(", ")}] needs ${needed}, got ${values.length}` +
      (shape.length > 1 ? ": the lists within a list must be equally long" : ""),
  );
}

/** Convolutions with dilation by such without: rows that the filter takes together become an image of their own. */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op1 } from "../op.js";

type Pair = readonly [number, number];

export interface Dilated {
  /** Of rows and columns: from one that the filter takes to the next. */
  readonly dilations: Pair;
  /** Rows before the first and after the last, then columns. */
  readonly pads: readonly [Pair, Pair];
}

/**
 * As `tf.nn.with_space_to_batch` of TensorFlow in Python does it. Every step of the filter is 1.
 *
 * @param x [batch, height, width, channels]
 * @param convolve without padding, dilation and steps
 */
export function dilated(
  x: tf.TensorInfo,
  { dilations, pads }: Dilated,
  convolve: (x: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  // So many rows more make all images equally high; what comes of them is cut off.
  const more = pads.map(([before, after], axis) => {
    const rest = ((x.shape[axis + 1] as number) + before + after) % (dilations[axis] as number);
    return rest === 0 ? 0 : (dilations[axis] as number) - rest;
  });
  const padded = pads.map(([before, after], axis) => [before, after + (more[axis] as number)]);
  const types = { T: DType.float32, Tblock_shape: DType.int32 };
  const block = tf.tensor1d([...dilations], "int32");
  const images = op1("SpaceToBatchND", { types: { ...types, Tpaddings: DType.int32 } }, [
    x,
    block,
    tf.tensor2d(padded, [2, 2], "int32"),
  ]);
  return op1("BatchToSpaceND", { types: { ...types, Tcrops: DType.int32 } }, [
    convolve(images),
    block,
    tf.tensor2d(
      more.map((rows) => [0, rows]),
      [2, 2],
      "int32",
    ),
  ]);
}

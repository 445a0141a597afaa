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
 * How images of equal height and width are made of an image of `shape`: by what is added around it, and what is cut off
 * from what comes of them, of rows, then columns.
 */
export function blocksOf(
  shape: readonly number[],
  { dilations, pads }: Dilated,
): { padded: [number, number][]; crops: [number, number][] } {
  const more = pads.map(([before, after], axis) => {
    const rest = ((shape[axis + 1] as number) + before + after) % (dilations[axis] as number);
    return rest === 0 ? 0 : (dilations[axis] as number) - rest;
  });
  return {
    padded: pads.map(([before, after], axis) => [before, after + (more[axis] as number)]),
    crops: more.map((rows) => [0, rows]),
  };
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
  const { padded, crops } = blocksOf(x.shape, { dilations, pads });
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
    tf.tensor2d(crops, [2, 2], "int32"),
  ]);
}

/** The places of a filter over images, one tensor for each of the filter's places, and back. */
import tf = require("@tensorflow/tfjs");

/** What TensorFlow.js works out of a convolution's shapes: NHWC. */
export type Windows = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

interface Place {
  readonly row: number;
  readonly column: number;
}

/** In the order of the filter's rows, then columns; of a dilated filter in the image's pixels. */
export function placesOf({ filterHeight, filterWidth, dilationHeight, dilationWidth }: Windows): Place[] {
  return Array.from({ length: filterHeight * filterWidth }, (_, i) => ({
    row: Math.floor(i / filterWidth) * dilationHeight,
    column: (i % filterWidth) * dilationWidth,
  }));
}

/** The image with the convolution's padding, large enough for every window. */
export function padded(x: tf.Tensor4D, { padInfo }: Windows, value = 0): tf.Tensor4D {
  const { top, bottom, left, right } = padInfo;
  if (top + bottom + left + right === 0) return x;
  const around: [number, number][] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return tf.pad(x, around, value);
}

/** What lies under one place of the filter in all windows: [n, outHeight, outWidth, channels]. */
export function under(image: tf.Tensor4D, at: Place, of: Windows): tf.Tensor4D {
  const { outHeight, outWidth, strideHeight, strideWidth } = of;
  const [n, height, width, channels] = image.shape;
  if (strideHeight === 1 && strideWidth === 1) {
    // Whole rows are copied at once, not pixels.
    const rows = tf.reshape(image, [n, height, width * channels]);
    const cut = tf.slice(rows, [0, at.row, at.column * channels], [n, outHeight, outWidth * channels]);
    return tf.reshape(cut, [n, outHeight, outWidth, channels]);
  }
  const begin = [0, at.row, at.column, 0];
  const end = [
    n,
    at.row + (outHeight - 1) * strideHeight + 1,
    at.column + (outWidth - 1) * strideWidth + 1,
    channels,
  ];
  return tf.stridedSlice(image, begin, end, [1, strideHeight, strideWidth, 1]) as tf.Tensor4D;
}

/**
 * The way back of `under`, summed over all places: what each place gives is put where it was taken.
 *
 * @param given in the order of `placesOf`, each [n, outHeight, outWidth, channels]
 * @returns [n, inHeight, inWidth, channels]
 */
export function putBack(given: readonly tf.Tensor4D[], of: Windows): tf.Tensor4D {
  const { inHeight, inWidth, padInfo } = of;
  const height = inHeight + padInfo.top + padInfo.bottom;
  const width = inWidth + padInfo.left + padInfo.right;
  const moved = placesOf(of).map(({ row, column }, i) => {
    const spread = apart(given[i] as tf.Tensor4D, of);
    const [, rows, columns] = spread.shape;
    return tf.pad(spread, [
      [0, 0],
      [row, height - row - rows],
      [column, width - column - columns],
      [0, 0],
    ]);
  });
  const sum = moved.reduce((total, one) => tf.add(total, one));
  const [n, , , channels] = sum.shape;
  const rows = tf.reshape(sum, [n, height, width * channels]);
  const inside = tf.slice(rows, [0, padInfo.top, padInfo.left * channels], [n, inHeight, inWidth * channels]);
  return tf.reshape(inside, [n, inHeight, inWidth, channels]);
}

/** Zeros between rows and columns, as far apart as windows are. */
function apart(x: tf.Tensor4D, { strideHeight, strideWidth }: Windows): tf.Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return x;
  const [n, height, width, channels] = x.shape;
  const beside = tf.pad(tf.reshape(x, [n, height, 1, width, channels]), [
    [0, 0],
    [0, 0],
    [0, strideHeight - 1],
    [0, 0],
    [0, 0],
  ]);
  const rows = tf.reshape(beside, [n * height * strideHeight, width, 1, channels]);
  const spread = tf.pad(rows, [
    [0, 0],
    [0, 0],
    [0, strideWidth - 1],
    [0, 0],
  ]);
  const whole = tf.reshape(spread, [n, height * strideHeight, width * strideWidth, channels]);
  const last = [(height - 1) * strideHeight + 1, (width - 1) * strideWidth + 1] as const;
  return tf.slice(whole as tf.Tensor4D, [0, 0, 0, 0], [n, ...last, channels]);
}

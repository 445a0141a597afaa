/** What TensorFlow ends the process at, where a shape comes to it as a shape and not as a tensor. */

/** TensorFlow's TensorShape::MaxDimensions. */
const mostSizes = 254;
/** Half of what TensorFlow counts up to, so that rounding in float64 does not matter. */
const mostValues = 2 ** 62;

/**
 * What is wrong with a shape, to follow "needs"; undefined where it fits.
 *
 * @param shape of whole numbers; -1 for a size that is not known, after which TensorFlow does not count
 */
export function shapeLacks(shape: readonly number[]): string | undefined {
  if (shape.length > mostSizes) return `a shape of at most ${mostSizes} sizes, but was given ${shape.length}`;
  let values = 1;
  for (const size of shape) {
    if (size < 0) return undefined;
    values *= size;
    if (values > mostValues) return `a shape of at most 2^62 values, but was given [${shape.join(", ")}]`;
  }
  return undefined;
}

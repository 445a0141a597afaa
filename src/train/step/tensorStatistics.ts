/**
 * Statistics of one tensor, computed in TensorFlow and packed into one row of numbers; and the way back.
 *
 * All is computed on t / max|t|, so that neither a gradient of 1e-30 nor one of 1e30 is lost in a square.
 */
import type { Histogram } from "../../base/histogram.js";
import { DType } from "../../native/dtypes.js";
import { tf } from "../../native/index.js";
import { op1 } from "../../native/op.js";
import type { TensorStatistics } from "../seams.js";

export interface Measured {
  /** Bins between the smallest and the largest finite value. */
  readonly histogram: boolean;
  /** And of log10 |t| over the finite entries that are not zero. */
  readonly log10: boolean;
}

const bins = 30;
/** scale, mean |u|, root mean u², zeros, non-finite; then low, high, counts for each histogram. */
const plainLength = 5;
const histogramLength = 2 + bins;

export function packedLength(measured: Measured): number {
  return plainLength + histogramLength * (Number(measured.histogram) + Number(measured.log10));
}

/** float32 [packedLength(measured)] */
export function packStatistics(t: tf.Tensor, measured: Measured): tf.Tensor1D {
  const finite = op1("IsFinite", { types: { T: DType.float32 } }, [t]);
  const safe = tf.where(finite, t, tf.zerosLike(t));
  const largest = tf.max(tf.abs(safe));
  const scale = tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest));
  const u = tf.div(safe, scale);
  const size = tf.abs(u);
  const finiteCount = tf.sum(tf.cast(finite, "float32"));
  const zeros = tf.sum(tf.cast(tf.equal(t, 0), "float32"));
  const plain = [largest, tf.sum(size), tf.sqrt(tf.sum(tf.square(u))), zeros, finiteCount];
  const parts: tf.Tensor[] = [tf.stack(plain)];
  if (measured.histogram) parts.push(packHistogram(u, finite));
  if (measured.log10) {
    const valid = tf.logicalAnd(finite, tf.greater(size, 0));
    const logarithm = tf.mul(tf.log(tf.where(valid, size, tf.onesLike(size))), Math.LOG10E);
    parts.push(packHistogram(logarithm, valid));
  }
  return tf.concat1d(parts as tf.Tensor1D[]);
}

/** low, high, and the counts; entries that are not valid are counted in the first bin. */
function packHistogram(values: tf.Tensor, valid: tf.Tensor): tf.Tensor1D {
  const huge = tf.fill(values.shape, 3e38);
  const lowest = tf.min(tf.where(valid, values, huge));
  const highest = tf.max(tf.where(valid, values, tf.neg(huge)));
  const isSingle = tf.cast(tf.lessEqual(highest, lowest), "float32");
  const none = tf.greater(lowest, highest);
  const center = tf.where(none, tf.zerosLike(lowest), lowest);
  const low = tf.sub(center, tf.mul(isSingle, 0.5));
  const high = tf.add(tf.where(none, tf.zerosLike(highest), highest), tf.mul(isSingle, 0.5));
  const inRange = tf.where(valid, values, tf.mul(tf.onesLike(values), low));
  const range = tf.stack([low, high]);
  const types = { T: DType.float32, dtype: DType.int32 };
  const counts = op1("HistogramFixedWidth", { types }, [inRange, range, tf.scalar(bins, "int32")]);
  return tf.concat1d([range as tf.Tensor1D, tf.cast(counts, "float32") as tf.Tensor1D]);
}

/** @param count number of entries of the tensor */
export function unpackStatistics(row: Float32Array, count: number, measured: Measured): TensorStatistics {
  const [max = 0, sum = 0, root = 0, zeros = 0, finite = 0] = row;
  const scale = max > 0 ? max : 1;
  const nonFinite = count - finite;
  let at = plainLength;
  const next = () => row.subarray(at, (at += histogramLength));
  const histogram = measured.histogram ? unpackHistogram(next(), { scale, excess: nonFinite }) : undefined;
  const excess = nonFinite + zeros;
  const log10Histogram =
    measured.log10 && excess < count
      ? unpackHistogram(next(), { shift: Math.log10(scale), excess })
      : undefined;
  return {
    count,
    meanAbs: finite > 0 ? (sum / finite) * scale : 0,
    l2: root * scale,
    max,
    zeroFraction: zeros / count,
    nonFinite,
    ...(histogram && { histogram }),
    ...(log10Histogram && { log10Histogram }),
  };
}

function unpackHistogram(
  row: Float32Array,
  from: { scale?: number; shift?: number; excess: number },
): Histogram {
  const { scale = 1, shift = 0, excess } = from;
  const [low = 0, high = 0] = row;
  const edges = Float64Array.from(
    { length: bins + 1 },
    (_, i) => (low + ((high - low) * i) / bins) * scale + shift,
  );
  const counts = Float64Array.from(row.subarray(2));
  counts[0] = (counts[0] ?? 0) - excess;
  return { edges, counts };
}

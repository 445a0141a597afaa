import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op } from "../op.js";

export interface BatchNorm {
  /** (x − mean)/√(variance + ε)·scale + offset */
  readonly output: tf.Tensor;
  /** Over all axes but the last. */
  readonly mean: tf.Tensor1D;
  /** Biased: divided by the number of values a channel, not by one less. */
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation of a training step, with its gradient, in two TensorFlow ops (Ioffe & Szegedy 2015).
 *
 * @param x float32 [n, …, channels], rank 2 or more
 * @param scale float32 [channels]
 * @param offset float32 [channels]
 */
export function fusedBatchNorm(
  x: tf.Tensor,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
): BatchNorm {
  const channels = x.shape.at(-1) as number;
  const perChannel = x.size / channels;
  const image: [number, number, number, number] = [perChannel, 1, 1, channels];
  const statistics: tf.Tensor[] = [];
  const normalise = tf.customGrad((...values) => {
    const [input, factor, shift, save] = values as unknown as [...tf.Tensor[], (kept: tf.Tensor[]) => void];
    const attributes = shared(epsilon);
    const none = tf.tensor1d([], "float32");
    const inputs = [input, factor, shift, none, none] as tf.Tensor[];
    const floats = { ...attributes.floats, exponential_avg_factor: 1 };
    const [output, mean, variance, ...reserved] = op(
      "FusedBatchNormV3",
      { ...attributes, floats },
      inputs,
      6,
    );
    (save as (kept: tf.Tensor[]) => void)([input, factor, ...reserved] as tf.Tensor[]);
    statistics.push(tf.keep(mean as tf.Tensor), tf.keep(variance as tf.Tensor));
    return { value: output as tf.Tensor, gradFunc: (dy, saved) => gradient(dy, saved, epsilon) };
  });
  const output = normalise(tf.reshape(x, image), scale, offset);
  const [mean, unbiased] = statistics as [tf.Tensor1D, tf.Tensor1D];
  const variance = tf.mul(unbiased, perChannel > 1 ? (perChannel - 1) / perChannel : 1) as tf.Tensor1D;
  const owned = mean.clone() as tf.Tensor1D;
  tf.dispose(statistics);
  return { output: tf.reshape(output, x.shape), mean: owned, variance };
}

function shared(epsilon: number) {
  return {
    types: { T: DType.float32, U: DType.float32 },
    floats: { epsilon },
    bools: { is_training: true },
    strings: { data_format: "NHWC" },
  };
}

function gradient(dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[], epsilon: number): tf.Tensor[] {
  const [x, scale, ...reserved] = saved as [tf.Tensor, tf.Tensor, ...tf.Tensor[]];
  const slope = (Array.isArray(dy) ? dy[0] : dy) as tf.Tensor;
  return op("FusedBatchNormGradV3", shared(epsilon), [slope, x, scale, ...reserved], 5).slice(0, 3);
}

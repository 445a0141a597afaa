/** Batch normalisation of a training step and its gradient (Ioffe & Szegedy 2015), over all axes but the last. */
import { tf } from "../backend.js";
import type { NamedOp } from "./namedOp.js";

/** Output, mean, unbiased variance; then what the gradient wants again: mean, 1/√(variance + ε), nothing. */
export const batchNorm: NamedOp = ([x, scale, offset], { floats = {} }) => {
  const image = x as tf.Tensor4D;
  const count = image.size / image.shape[3];
  const mean = tf.mean(image, [0, 1, 2]);
  const centred = tf.sub(image, mean);
  const variance = tf.mean(tf.square(centred), [0, 1, 2]);
  const inverse = tf.rsqrt(tf.add(variance, floats.epsilon as number));
  const output = tf.add(tf.mul(tf.mul(centred, inverse), scale as tf.Tensor), offset as tf.Tensor);
  const unbiased = tf.mul(variance, count > 1 ? count / (count - 1) : 1);
  return [output, mean, unbiased, tf.clone(mean), inverse, tf.scalar(0)];
};

/** With respect to x, scale and offset; then nothing, twice. */
export const batchNormGradient: NamedOp = ([dy, x, scale, mean, inverse]) => {
  const slope = dy as tf.Tensor4D;
  const normal = tf.mul(tf.sub(x as tf.Tensor, mean as tf.Tensor), inverse as tf.Tensor);
  const ofScale = tf.sum(tf.mul(slope, normal), [0, 1, 2]);
  const ofOffset = tf.sum(slope, [0, 1, 2]);
  const count = slope.size / slope.shape[3];
  const common = tf.div(tf.add(ofOffset, tf.mul(normal, ofScale)), count);
  const ofX = tf.mul(tf.mul(tf.sub(slope, common), inverse as tf.Tensor), scale as tf.Tensor);
  return [ofX, ofScale, ofOffset, tf.scalar(0), tf.scalar(0)];
};

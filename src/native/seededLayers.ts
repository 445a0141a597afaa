/**
 * TensorFlow.js's noise layers draw their masks on the host. Inside `withSeed` they take TensorFlow's seeded numbers
 * instead, so that a captured step has dropout too, and a run can be repeated. Outside they are as they were.
 */
import { tf } from "./backend.js";
import { hasSeed, seededNormal, seededUniform } from "./random.js";

interface NoiseLayer {
  readonly rate: number;
  readonly stddev: number;
  readonly noiseShape?: readonly (number | null)[];
  getNoiseShape?(input: tf.Tensor): readonly number[] | undefined;
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor | tf.Tensor[];
}

type Noise = (layer: NoiseLayer, input: tf.Tensor) => tf.Tensor;

/** x·mask/(1 − rate), mask 0 with probability rate (Srivastava et al. 2014, inverted). */
const dropout: Noise = (layer, input) => {
  const shape = layer.getNoiseShape?.(input) ?? input.shape;
  const keep = tf.cast(tf.greaterEqual(seededUniform(shape), layer.rate), "float32");
  return tf.mul(input, tf.mul(keep, 1 / (1 - layer.rate)));
};

/** x·N(1, rate/(1 − rate)). */
const gaussianDropout: Noise = (layer, input) => {
  const deviation = Math.sqrt(layer.rate / (1 - layer.rate));
  return tf.mul(input, tf.add(1, tf.mul(seededNormal(input.shape), deviation)));
};

/** x + N(0, stddev²). */
const gaussianNoise: Noise = (layer, input) => tf.add(input, tf.mul(seededNormal(input.shape), layer.stddev));

/** Keeps mean and variance of self-normalising activations (Klambauer et al. 2017, equation 4 and appendix). */
const alphaDropout: Noise = ({ rate, noiseShape }, input) => {
  const alpha = -1.6732632423543772 * 1.0507009873554805;
  const scale = ((1 - rate) * (1 + rate * alpha ** 2)) ** -0.5;
  const shape = noiseShape?.map((size, axis) => size ?? (input.shape[axis] as number)) ?? input.shape;
  const keep = tf.cast(tf.greaterEqual(seededUniform(shape), rate), "float32");
  const kept = tf.add(tf.mul(input, keep), tf.mul(tf.sub(1, keep), alpha));
  return tf.add(tf.mul(kept, scale), -scale * alpha * rate);
};

teach(tf.layers.dropout({ rate: 0.5 }), dropout);
teach(tf.layers.gaussianDropout({ rate: 0.5 }), gaussianDropout);
teach(tf.layers.alphaDropout({ rate: 0.5 }), alphaDropout);
teach(tf.layers.gaussianNoise({ stddev: 1 }), gaussianNoise);

/** Changes the class of `example` (and the classes that inherit its `call`). */
function teach(example: object, noise: Noise): void {
  const prototype = Object.getPrototypeOf(example) as NoiseLayer;
  const original = prototype.call;
  prototype.call = function call(this: NoiseLayer, inputs, kwargs) {
    const isIdle = noise !== gaussianNoise && !(this.rate > 0 && this.rate < 1);
    if (!hasSeed() || !kwargs.training || isIdle) return original.call(this, inputs, kwargs);
    return tf.tidy(() => noise(this, (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor));
  };
}

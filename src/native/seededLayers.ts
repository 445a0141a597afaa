/**
 * TensorFlow.js's noise layers draw their masks on the host. Inside `withSeed` they take TensorFlow's seeded numbers
 * instead, so that a captured step has dropout too, and a run can be repeated. Outside they are as they were.
 */
import { tf } from "./backend.js";
import { describeNoise, dropoutNumbers, isDropping } from "./layerNoise.js";
import { hasSeed, noiseInputs, seededNormal, seededUniform } from "./random.js";
import { type Factor, seededDropout } from "./seededDropout.js";

interface NoiseLayer {
  readonly rate: number;
  readonly stddev: number;
  readonly noiseShape?: readonly (number | null)[];
  getNoiseShape?(input: tf.Tensor): readonly number[] | undefined;
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor | tf.Tensor[];
}

interface Noise {
  /** Whether the layer changes anything as it is. */
  readonly isActive: (layer: NoiseLayer) => boolean;
  /** What is computed of the layer's rate or deviation before any tensor is. */
  readonly numbers: (layer: NoiseLayer) => readonly number[];
  readonly add: (input: tf.Tensor, numbers: readonly Factor[], layer: NoiseLayer) => tf.Tensor;
}

const drops = ({ rate }: NoiseLayer) => isDropping(rate);

const dropout: Noise = {
  isActive: drops,
  numbers: ({ rate }) => dropoutNumbers(rate),
  add: (input, [rate = 0, scale = 1], layer) =>
    seededDropout(input, [rate, scale], layer.getNoiseShape?.(input)),
};

/** x·N(1, rate/(1 − rate)). */
const gaussianDropout: Noise = {
  isActive: drops,
  numbers: ({ rate }) => [Math.sqrt(rate / (1 - rate))],
  add: (input, [deviation = 0]) => tf.mul(input, tf.add(1, tf.mul(seededNormal(input.shape), deviation))),
};

/** x + N(0, stddev²). */
const gaussianNoise: Noise = {
  isActive: () => true,
  numbers: ({ stddev }) => [stddev],
  add: (input, [deviation = 0]) => tf.add(input, tf.mul(seededNormal(input.shape), deviation)),
};

/** Keeps mean and variance of self-normalising activations (Klambauer et al. 2017, equation 4 and appendix). */
const alphaDropout: Noise = {
  isActive: drops,
  numbers({ rate }) {
    const alpha = -1.6732632423543772 * 1.0507009873554805;
    const scale = ((1 - rate) * (1 + rate * alpha ** 2)) ** -0.5;
    return [rate, alpha, scale, -scale * alpha * rate];
  },
  add(input, [rate = 0, alpha = 0, scale = 1, offset = 0], { noiseShape }) {
    const shape = noiseShape?.map((size, axis) => size ?? (input.shape[axis] as number)) ?? input.shape;
    const keep = tf.cast(tf.greaterEqual(seededUniform(shape), rate), "float32");
    const kept = tf.add(tf.mul(input, keep), tf.mul(tf.sub(1, keep), alpha));
    return tf.add(tf.mul(kept, scale), offset);
  },
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
    const given = noiseInputs(this);
    const isActive = given !== undefined || noise.isActive(this);
    if (!hasSeed() || !kwargs.training || !isActive) return original.call(this, inputs, kwargs);
    const input = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
    return tf.tidy(() => noise.add(input, given ?? noise.numbers(this), this));
  };
  describeNoise(prototype.call, (layer: NoiseLayer) => {
    const isActive = noise.isActive(layer);
    const numbers = noise.numbers(layer);
    // A rate of 1 has numbers that are not finite, which nobody asks for.
    return {
      isActive,
      numbers: isActive ? numbers : numbers.map(() => 0),
      computation: [isActive, layer.noiseShape],
    };
  });
}

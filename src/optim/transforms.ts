/** The gradient transformations the named optimisers are composed of. */
import { tf } from "../native/backend.js";
import type { Transform } from "./optimizer.js";

/**
 * Adam's direction: bias-corrected first moment over the root of the bias-corrected second
 * (Kingma & Ba 2015, algorithm 1). Slots `m`, `v`.
 * Scalars: beta1, beta2, beta1Power = beta1ᵗ, beta2Power = beta2ᵗ (t = 1 at the first update), epsilon.
 */
export const scaleByAdam: Transform = {
  init: (parameter) => ({ m: tf.zerosLike(parameter), v: tf.zerosLike(parameter) }),
  update({ gradient, slots, scalars }) {
    const { beta1, beta2, beta1Power, beta2Power, epsilon } = named(scalars, adamScalars);
    const m = tf.add(tf.mul(slot(slots, "m"), beta1), tf.mul(gradient, tf.sub(1, beta1)));
    const v = tf.add(tf.mul(slot(slots, "v"), beta2), tf.mul(tf.square(gradient), tf.sub(1, beta2)));
    const mHat = tf.div(m, tf.sub(1, beta1Power));
    const vHat = tf.div(v, tf.sub(1, beta2Power));
    return { gradient: tf.div(mHat, tf.add(tf.sqrt(vHat), epsilon)), slots: { m, v } };
  },
};

const adamScalars = ["beta1", "beta2", "beta1Power", "beta2Power", "epsilon"] as const;

/** Heavy-ball momentum as PyTorch has it: velocity = momentum·velocity + gradient. Slot `velocity`. */
export const trace: Transform = {
  init: (parameter) => ({ velocity: tf.zerosLike(parameter) }),
  update({ gradient, slots, scalars }) {
    const { momentum } = named(scalars, ["momentum"]);
    const velocity = tf.add(tf.mul(slot(slots, "velocity"), momentum), gradient);
    return { gradient: velocity, slots: { velocity } };
  },
};

/** Nesterov's look-ahead: gradient + momentum·velocity (Sutskever et al. 2013, as PyTorch writes it). */
export const nesterovTrace: Transform = {
  init: trace.init,
  update(input) {
    const { momentum } = named(input.scalars, ["momentum"]);
    const { gradient: velocity, slots } = trace.update(input);
    return { gradient: tf.add(input.gradient, tf.mul(velocity, momentum)), slots };
  },
};

/** Adds weightDecay·parameter; after Adam's scaling this is AdamW's decoupled decay (Loshchilov & Hutter 2019). */
export const addDecayedWeights: Transform = {
  init: () => ({}),
  update({ gradient, parameter, scalars }) {
    const { weightDecay } = named(scalars, ["weightDecay"]);
    return { gradient: tf.add(gradient, tf.mul(parameter, weightDecay)), slots: {} };
  },
};

/** Times −learningRate: the last of every chain. */
export const scaleByLearningRate: Transform = {
  init: () => ({}),
  update({ gradient, scalars }) {
    const { learningRate } = named(scalars, ["learningRate"]);
    return { gradient: tf.neg(tf.mul(gradient, learningRate)), slots: {} };
  },
};

function named<K extends string>(
  scalars: Readonly<Record<string, tf.Scalar>>,
  names: readonly K[],
): Record<K, tf.Scalar> {
  for (const name of names)
    if (!scalars[name])
      throw new ReferenceError(`this transformation reads the scalar ${name}, which is missing`);
  return scalars as Record<K, tf.Scalar>;
}

function slot(slots: Readonly<Record<string, tf.Tensor>>, name: string): tf.Tensor {
  const found = slots[name];
  if (!found) throw new ReferenceError(`this transformation reads the slot ${name}, which is missing`);
  return found;
}

/** The gradient transformations that several of the named optimisers are composed of. */
import { tf } from "../native/backend.js";
import { nextMoments, twoMoments } from "./moments.js";
import type { Transform } from "./optimizer.js";
import { named, slot } from "./readInput.js";

/**
 * Adam's direction: bias-corrected first moment over the root of the bias-corrected second
 * (Kingma & Ba 2015, algorithm 1). Slots `m`, `v`. Scalars: those of `momentScalars`.
 */
export const scaleByAdam: Transform = {
  init: twoMoments,
  update({ gradient, slots, scalars }) {
    const { correction, epsilonHat } = named(scalars, ["correction", "epsilonHat"]);
    const { m, v } = nextMoments({ gradient, slots, scalars });
    return { gradient: tf.div(tf.mul(m, correction), tf.add(tf.sqrt(v), epsilonHat)), slots: { m, v } };
  },
};

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
    return { gradient: tf.mul(gradient, tf.neg(learningRate)), slots: {} };
  },
};

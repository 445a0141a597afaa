import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { tf } from "../native/backend.js";
import { inRange, wholeNumber } from "./bounds.js";
import { givenOptimizer } from "./givenOptimizer.js";
import type { Follower, Optimizer } from "./optimizer.js";
import { named, slot } from "./readInput.js";
import { settings } from "./settings.js";
import { wrapped } from "./wrapped.js";

export interface LookaheadOptions {
  /** Steps of the inner optimiser between two of the slow weights, a whole number of at least 1; default 5. */
  readonly steps?: number;
  /** How far the slow weights go towards the fast ones, in [0, 1]; default 0.5. */
  readonly alpha?: number;
}

const known: OptionNames<LookaheadOptions> = { steps: true, alpha: true };

/**
 * k steps forward, 1 step back: every `steps` updates slow ← slow + alpha·(fast − slow), from where the fast weights go
 * on (Zhang et al. 2019, algorithm 1), as `optax.lookahead`. The model has the fast weights; the inner optimiser's
 * moments stay.
 *
 * @throws TypeError unless given one of this library's optimisers; RangeError for an option out of its range.
 * @example lookahead(adam({ learningRate: 1e-3 }), { steps: 5 })
 */
export function lookahead(inner: Optimizer, options: LookaheadOptions = {}): Optimizer {
  const given = givenOptimizer("lookahead", inner);
  refuseUnknown("lookahead", options, known, { k: "which is steps here" });
  const steps = wholeNumber("lookahead's steps", options.steps ?? 5);
  const alpha = inRange("lookahead's alpha", options.alpha ?? 0.5, { least: 0, most: 1 });
  return wrapped(given, {
    name: "lookahead",
    settings: settings(options),
    follower: slowWeights,
    scalars: (step) =>
      (step + 1) % steps === 0
        ? { slowRate: alpha, meets: 1, goesOn: 0 }
        : { slowRate: 0, meets: 0, goesOn: 1 },
  });
}

/** Slot `slow`. Scalars: `slowRate`, and which of `meets` and `goesOn` is 1, the other being 0. */
const slowWeights: Follower = {
  init: (parameter) => ({ slow: tf.clone(parameter) }),
  update({ parameter, slots, scalars }) {
    const { slowRate, meets, goesOn } = named(scalars, ["slowRate", "meets", "goesOn"]);
    const before = slot(slots, "slow");
    const slow = tf.add(before, tf.mul(tf.sub(parameter, before), slowRate));
    return { parameter: tf.add(tf.mul(slow, meets), tf.mul(parameter, goesOn)), slots: { slow } };
  },
};

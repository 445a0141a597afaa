import { tf } from "../native/backend.js";
import { norm } from "./norm.js";
import type { Transform } from "./optimizer.js";
import { named } from "./readInput.js";

/**
 * Updates as large as the weight they belong to: times trustCoefficient·‖w‖₂ / ‖update‖₂, or as they are where one of
 * the norms is 0 (You et al. 2017, equation 6). Scalar: trustCoefficient.
 */
export const scaleByTrustRatio: Transform = {
  init: () => ({}),
  update({ gradient, parameter, scalars }) {
    const { trustCoefficient } = named(scalars, ["trustCoefficient"]);
    const norms = [norm(parameter), norm(gradient)] as const;
    const isZero = tf.logicalOr(tf.equal(norms[0], 0), tf.equal(norms[1], 0));
    const ratio = tf.div(tf.mul(norms[0], trustCoefficient), norms[1]);
    return { gradient: tf.mul(gradient, tf.where(isZero, tf.onesLike(ratio), ratio)), slots: {} };
  },
};

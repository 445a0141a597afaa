/** Exponential moving averages of gradients and of their squares, which Adam and its relatives share. */
import { tf } from "../native/backend.js";
import { inRange } from "./bounds.js";
import type { Slots, UpdateInput } from "./optimizer.js";
import { named, slot } from "./readInput.js";

/** The options of optimisers with two moments. */
export interface MomentOptions {
  /** Base rate, at least 0; default 0.001. */
  readonly learningRate?: number;
  /** Decay of the first moment, in [0, 1); default 0.9. */
  readonly beta1?: number;
  /** Decay of the second moment, in [0, 1); default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment, at least 0; default 1e-8. */
  readonly epsilon?: number;
}

export const momentNames = { learningRate: true, beta1: true, beta2: true, epsilon: true } as const;

/** @throws RangeError for an option out of its range. */
export function momentsOf(
  who: string,
  options: MomentOptions,
  defaults: MomentOptions = {},
): Required<MomentOptions> {
  const {
    learningRate = 0.001,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
  } = { ...defaults, ...given(options) };
  return {
    learningRate: inRange(`${who}'s learningRate`, learningRate, { least: 0 }),
    beta1: inRange(`${who}'s beta1`, beta1, { least: 0, below: 1 }),
    beta2: inRange(`${who}'s beta2`, beta2, { least: 0, below: 1 }),
    epsilon: inRange(`${who}'s epsilon`, epsilon, { least: 0 }),
  };
}

/** An option given as undefined is one not given. */
function given(options: MomentOptions): MomentOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/**
 * What `nextMoments` reads, and the bias corrections: of m, 1 / (1 − beta1ᵗ), t = step + 1; that of v is taken out of
 * its root, m̂ / (√v̂ + ε) = `correction`·m / (√v + `epsilonHat`), which spares a pass over the tensors. The differences
 * from 1 are taken here, in float64: in float32 1 − 0.999 has lost five digits.
 */
export function momentScalars(
  { beta1, beta2, epsilon }: { beta1: number; beta2: number; epsilon: number },
  step: number,
) {
  const mCorrection = 1 / (1 - beta1 ** (step + 1));
  const vRoot = Math.sqrt(1 - beta2 ** (step + 1));
  return {
    beta1,
    beta1Rest: 1 - beta1,
    beta2,
    beta2Rest: 1 - beta2,
    mCorrection,
    vRoot,
    correction: mCorrection * vRoot,
    epsilonHat: epsilon * vRoot,
  };
}

/** Slots `m` and `v`, both 0. */
export function twoMoments(parameter: tf.Tensor): { m: tf.Tensor; v: tf.Tensor } {
  return { m: tf.zerosLike(parameter), v: tf.zerosLike(parameter) };
}

/** m ← beta1·m + (1 − beta1)·g, v ← beta2·v + (1 − beta2)·g². */
export function nextMoments({
  gradient,
  slots,
  scalars,
}: Pick<UpdateInput, "gradient" | "slots" | "scalars">): { m: tf.Tensor; v: tf.Tensor } {
  const { beta1, beta1Rest, beta2, beta2Rest } = named(scalars, ["beta1", "beta1Rest", "beta2", "beta2Rest"]);
  return {
    m: movingAverage(slots, "m", { value: gradient, decay: beta1, rest: beta1Rest }),
    v: movingAverage(slots, "v", { value: tf.square(gradient), decay: beta2, rest: beta2Rest }),
  };
}

/** decay·slot + rest·value, rest being 1 − decay. */
export function movingAverage(
  slots: Slots,
  name: string,
  of: { value: tf.Tensor; decay: tf.Scalar; rest: tf.Scalar },
): tf.Tensor {
  return tf.add(tf.mul(slot(slots, name), of.decay), tf.mul(of.value, of.rest));
}

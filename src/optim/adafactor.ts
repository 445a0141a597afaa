import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { tf } from "../native/backend.js";
import { inRange } from "./bounds.js";
import { chain } from "./chain.js";
import { foreignNames } from "./foreignNames.js";
import { byLibrary } from "./libraryOptimizers.js";
import { movingAverage } from "./moments.js";
import { rootMeanSquare } from "./norm.js";
import type { Optimizer, Slots, Transform, UpdateInput } from "./optimizer.js";
import { named } from "./readInput.js";
import { settings } from "./settings.js";
import { type DecayOptions, decayNames, decayOf } from "./weightDecay.js";

export interface AdafactorOptions extends DecayOptions {
  /** Largest relative step size, at least 0; default 0.01. At step t (from 1) it is at most 1/√t. */
  readonly learningRate?: number;
  /** The second moment's decay is 1 − t^beta2Decay; at most 0, default −0.8. */
  readonly beta2Decay?: number;
  /** Least root of the second moment, above 0; default 2⁻²³. */
  readonly epsilon?: number;
  /** Least size a weight is taken for, in root mean square, at least 0; default 0.001. */
  readonly leastScale?: number;
  /** Updates with a root mean square above it are scaled down to it; above 0, default 1. */
  readonly clipThreshold?: number;
  /** Decoupled decay, at least 0; default 0. */
  readonly weightDecay?: number;
}

const known: OptionNames<AdafactorOptions> = {
  learningRate: true,
  beta2Decay: true,
  epsilon: true,
  leastScale: true,
  clipThreshold: true,
  ...decayNames,
};

/**
 * Adam without first moment whose second moment is kept as its rows' and columns' means, of weights with two axes or
 * more by their last two; step sizes are relative to the weight's own (Shazeer & Stern 2018, algorithms 4 and 5), as
 * `torch.optim.Adafactor`.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example adafactor({ learningRate: 0.01 })
 */
export function adafactor(options: AdafactorOptions = {}): Optimizer {
  refuseUnknown("adafactor", options, known, foreignNames);
  const learningRate = inRange("adafactor's learningRate", options.learningRate ?? 0.01, { least: 0 });
  // The exponent is at most 0: what is checked is its opposite.
  const fall = inRange("adafactor's −beta2Decay", -(options.beta2Decay ?? -0.8), { least: 0 });
  const epsilon = positive("epsilon", options.epsilon ?? 2 ** -23);
  const leastScale = inRange("adafactor's leastScale", options.leastScale ?? 1e-3, { least: 0 });
  const clipThreshold = positive("clipThreshold", options.clipThreshold ?? 1);
  const decay = decayOf("adafactor", options);
  return byLibrary({
    name: "adafactor",
    settings: settings(options),
    structure: `adafactor${decay.structure}`,
    names: decay.names,
    learningRate,
    transform: chain(scaleByAdafactor, ...decay.transforms, negated),
    scalars(step, rate) {
      const t = step + 1;
      const rest = t ** -fall;
      return {
        stepSize: Math.min(rate, 1 / Math.sqrt(t)),
        decay: 1 - rest,
        rest,
        epsilon,
        epsilonSquared: epsilon ** 2,
        leastScale,
        clipThreshold,
        // The step's size is in the direction already, so the decay has its rate.
        ...(decay.structure !== "" && { weightDecay: rate * decay.weightDecay }),
      };
    },
  });
}

function positive(option: string, value: number): number {
  if (inRange(`adafactor's ${option}`, value, { least: 0 }) > 0) return value;
  throw new RangeError(`adafactor's ${option} must be above 0, but is 0`);
}

/** Slots `rows` and `columns`, or `v` of what has less than two axes. */
const scaleByAdafactor: Transform = {
  init: ({ shape }): Slots => {
    if (shape.length < 2) return { v: tf.zeros(shape) };
    return {
      rows: tf.zeros([...shape.slice(0, -1), 1]),
      columns: tf.zeros([...shape.slice(0, -2), 1, ...shape.slice(-1)]),
    };
  },
  update(input) {
    const { parameter, gradient, scalars } = input;
    const { stepSize, epsilonSquared, leastScale, clipThreshold } = named(scalars, [
      "stepSize",
      "epsilonSquared",
      "leastScale",
      "clipThreshold",
    ]);
    const { estimate, slots } = secondMoment(input);
    const direction = tf.mul(gradient, tf.rsqrt(tf.maximum(estimate, epsilonSquared)));
    const excess = tf.maximum(tf.div(rootMeanSquare(direction), clipThreshold), 1);
    const size = tf.mul(tf.maximum(rootMeanSquare(parameter), leastScale), stepSize);
    return { gradient: tf.mul(direction, tf.div(size, excess)), slots };
  },
};

function secondMoment({ gradient, slots, scalars }: UpdateInput): { estimate: tf.Tensor; slots: Slots } {
  const { decay, rest, epsilon } = named(scalars, ["decay", "rest", "epsilon"]);
  const squared = tf.square(gradient);
  if (gradient.rank < 2) {
    const v = movingAverage(slots, "v", { value: squared, decay, rest });
    return { estimate: v, slots: { v } };
  }
  const rows = movingAverage(slots, "rows", { value: tf.mean(squared, -1, true), decay, rest });
  const columns = movingAverage(slots, "columns", { value: tf.mean(squared, -2, true), decay, rest });
  const mean = tf.maximum(tf.mean(rows, -2, true), epsilon);
  return { estimate: tf.div(tf.mul(rows, columns), mean), slots: { rows, columns } };
}

const negated: Transform = {
  init: () => ({}),
  update: ({ gradient }) => ({ gradient: tf.neg(gradient), slots: {} }),
};

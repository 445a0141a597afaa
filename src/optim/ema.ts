import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { tf } from "../native/backend.js";
import { inRange } from "./bounds.js";
import { givenOptimizer } from "./givenOptimizer.js";
import { movingAverage } from "./moments.js";
import type { Follower, Optimizer } from "./optimizer.js";
import { named } from "./readInput.js";
import { settings } from "./settings.js";
import { wrapped } from "./wrapped.js";

export interface EmaOptions {
  /** Decay of the average, in [0, 1); default 0.999. */
  readonly decay?: number;
  /** Lets the decay rise to `decay` as min(decay, (1 + t) / (10 + t)), so that short trainings have an average too. Default true. */
  readonly rampUp?: boolean;
}

const known: OptionNames<EmaOptions> = { decay: true, rampUp: true };

/**
 * Averages the weights while the inner optimiser trains them: average ← decay·average + (1 − decay)·weight, the first
 * being the weight itself (Polyak & Juditsky 1992; the ramp: TensorFlow's ExponentialMovingAverage). Without the ramp as
 * `torch.optim.swa_utils.get_ema_multi_avg_fn`. Validation has the averages, and so has the model after training.
 * What layers average by themselves (batch norm's statistics) stays as it is.
 *
 * @throws TypeError unless given one of this library's optimisers; RangeError for a decay out of its range.
 * @example ema(adamw({ weightDecay: 0.05 }), { decay: 0.999 })
 */
export function ema(inner: Optimizer, options: EmaOptions = {}): Optimizer {
  const given = givenOptimizer("ema", inner);
  if (given.evaluates !== undefined)
    throw new TypeError(
      `ema needs an optimizer whose weights are not averaged yet; it was given ${given.name}`,
    );
  refuseUnknown("ema", options, known);
  const most = inRange("ema's decay", options.decay ?? 0.999, { least: 0, below: 1 });
  const { rampUp = true } = options;
  return wrapped(given, {
    name: "ema",
    settings: settings(options),
    follower: average,
    evaluates: "average",
    scalars(step) {
      const decay = step === 0 ? 0 : rampUp ? Math.min(most, (1 + step) / (10 + step)) : most;
      return { averageDecay: decay, averageRest: 1 - decay };
    },
  });
}

/** Slot `average`. */
const average: Follower = {
  init: (parameter) => ({ average: tf.clone(parameter) }),
  update({ parameter, slots, scalars }) {
    const { averageDecay: decay, averageRest: rest } = named(scalars, ["averageDecay", "averageRest"]);
    return { slots: { average: movingAverage(slots, "average", { value: parameter, decay, rest }) } };
  },
};

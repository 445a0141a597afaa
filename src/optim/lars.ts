import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { inRange } from "./bounds.js";
import { chain } from "./chain.js";
import { foreignNames } from "./foreignNames.js";
import { byLibrary } from "./libraryOptimizers.js";
import { masked } from "./masked.js";
import type { Optimizer } from "./optimizer.js";
import { settings } from "./settings.js";
import { nesterovTrace, scaleByLearningRate, trace } from "./transforms.js";
import { scaleByTrustRatio } from "./trustRatio.js";
import { type DecayOptions, decayNames, decayOf } from "./weightDecay.js";
import { maskOf, namesIn, type WeightSelection } from "./weightSelection.js";

export interface LarsOptions extends DecayOptions {
  /** Base rate, at least 0; default 0.1. */
  readonly learningRate?: number;
  /** In [0, 1); default 0.9. */
  readonly momentum?: number;
  /** Nesterov's look-ahead. Default false. */
  readonly nesterov?: boolean;
  /** Of a weight's norm, how much an update at rate 1 is, at least 0; default 0.001. */
  readonly trustCoefficient?: number;
  /** L2 penalty added to the gradient before it is scaled, at least 0; default 0. */
  readonly weightDecay?: number;
  /** The weights whose updates are scaled by the trust ratio. Default `"all"`. */
  readonly adaptOn?: WeightSelection;
}

const known: OptionNames<LarsOptions> = {
  learningRate: true,
  momentum: true,
  nesterov: true,
  trustCoefficient: true,
  adaptOn: true,
  ...decayNames,
};

/**
 * Gradient descent whose update of each weight is in proportion to the weight, for large batches
 * (You et al. 2017, algorithm 1), as `optax.lars`: the rate is in the velocity.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example lars({ learningRate: 3.2, weightDecay: 1e-4, decayOn: "kernels", adaptOn: "kernels" })
 */
export function lars(options: LarsOptions = {}): Optimizer {
  refuseUnknown("lars", options, known, foreignNames);
  const learningRate = inRange("lars's learningRate", options.learningRate ?? 0.1, { least: 0 });
  const momentum = inRange("lars's momentum", options.momentum ?? 0.9, { least: 0, below: 1 });
  const trustCoefficient = inRange("lars's trustCoefficient", options.trustCoefficient ?? 1e-3, { least: 0 });
  const decay = decayOf("lars", options);
  const adaptOn = options.adaptOn ?? "all";
  const adapts = maskOf("lars's adaptOn", adaptOn);
  const { nesterov = false } = options;
  return byLibrary({
    name: "lars",
    settings: settings(options),
    structure: `lars${nesterov ? "+nesterov" : ""}${decay.structure}`,
    names: [...decay.names, ...namesIn(adaptOn)],
    learningRate,
    momentum,
    transform: chain(
      ...decay.transforms,
      masked(scaleByTrustRatio, adapts),
      scaleByLearningRate,
      nesterov ? nesterovTrace : trace,
    ),
    scalars: (_step, rate, scheduled = momentum) => ({
      learningRate: rate,
      momentum: scheduled,
      trustCoefficient,
      ...decay.scalars,
    }),
  });
}

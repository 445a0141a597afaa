import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { chain } from "./chain.js";
import { foreignNames } from "./foreignNames.js";
import { byLibrary } from "./libraryOptimizers.js";
import { masked } from "./masked.js";
import { type MomentOptions, momentNames, momentScalars, momentsOf } from "./moments.js";
import type { Optimizer } from "./optimizer.js";
import { settings } from "./settings.js";
import { scaleByAdam, scaleByLearningRate } from "./transforms.js";
import { scaleByTrustRatio } from "./trustRatio.js";
import { type DecayOptions, decayNames, decayOf } from "./weightDecay.js";
import { maskOf, namesIn, type WeightSelection } from "./weightSelection.js";

export interface LambOptions extends MomentOptions, DecayOptions {
  /** Added to the root of the second moment, at least 0; default 1e-6. */
  readonly epsilon?: number;
  /** Added to Adam's direction before it is scaled, at least 0; default 0. */
  readonly weightDecay?: number;
  /** The weights whose updates are scaled by the trust ratio. Default `"all"`. */
  readonly adaptOn?: WeightSelection;
}

const known: OptionNames<LambOptions> = { ...momentNames, ...decayNames, adaptOn: true };

/**
 * Adam whose update of each weight is as large as the weight, for large batches (You et al. 2020, algorithm 2), as
 * `optax.lamb`.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example lamb({ learningRate: 2e-3, weightDecay: 0.01, decayOn: "kernels", adaptOn: "kernels" })
 */
export function lamb(options: LambOptions = {}): Optimizer {
  refuseUnknown("lamb", options, known, foreignNames);
  const hyper = momentsOf("lamb", options, { epsilon: 1e-6 });
  const decay = decayOf("lamb", options);
  const adaptOn = options.adaptOn ?? "all";
  const adapts = maskOf("lamb's adaptOn", adaptOn);
  return byLibrary({
    name: "lamb",
    settings: settings(options),
    structure: `lamb${decay.structure}`,
    names: [...decay.names, ...namesIn(adaptOn)],
    learningRate: hyper.learningRate,
    momentum: hyper.beta1,
    transform: chain(
      scaleByAdam,
      ...decay.transforms,
      masked(scaleByTrustRatio, adapts),
      scaleByLearningRate,
    ),
    scalars: (step, learningRate, beta1 = hyper.beta1) => ({
      learningRate,
      trustCoefficient: 1,
      ...momentScalars({ ...hyper, beta1 }, step),
      ...decay.scalars,
    }),
  });
}

import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { inRange } from "./bounds.js";
import { chain } from "./chain.js";
import { foreignNames } from "./foreignNames.js";
import { byLibrary } from "./libraryOptimizers.js";
import type { FusedUpdate, Optimizer } from "./optimizer.js";
import { settings } from "./settings.js";
import { nesterovTrace, scaleByLearningRate, trace } from "./transforms.js";
import { type DecayOptions, decayNames, decayOf } from "./weightDecay.js";

export interface SgdOptions extends DecayOptions {
  /** Base rate, at least 0; default 0.01. */
  readonly learningRate?: number;
  /** In [0, 1); 0 (default) is plain gradient descent. */
  readonly momentum?: number;
  /** Nesterov's look-ahead; needs momentum. */
  readonly nesterov?: boolean;
  /** L2 penalty added to the gradient, at least 0; default 0. */
  readonly weightDecay?: number;
}

const known: OptionNames<SgdOptions> = {
  learningRate: true,
  momentum: true,
  nesterov: true,
  ...decayNames,
};

/**
 * Stochastic gradient descent, as `torch.optim.SGD` with dampening 0: v ← momentum·v + g, w ← w − learningRate·v
 * (Polyak 1964); with Nesterov's look-ahead w ← w − learningRate·(g + momentum·v) (Sutskever et al. 2013).
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range, or Nesterov without momentum.
 * @example sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true })
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  refuseUnknown("sgd", options, known, foreignNames);
  const learningRate = inRange("sgd's learningRate", options.learningRate ?? 0.01, { least: 0 });
  const momentum = inRange("sgd's momentum", options.momentum ?? 0, { least: 0, below: 1 });
  const decay = decayOf("sgd", options);
  const nesterov = options.nesterov ?? false;
  if (nesterov && momentum === 0)
    throw new RangeError("sgd's nesterov needs a momentum above 0, but it is 0");
  const direction = momentum === 0 ? [] : [nesterov ? nesterovTrace : trace];
  return byLibrary({
    name: "sgd",
    settings: settings(options),
    structure: `sgd${momentum > 0 ? (nesterov ? "+nesterov" : "+momentum") : ""}${decay.structure}`,
    names: decay.names,
    learningRate,
    ...(momentum > 0 && { momentum }),
    transform: chain(...decay.transforms, ...direction, scaleByLearningRate),
    fused: { ...(momentum === 0 ? plain : heavyBall(nesterov)), ...decay.fused },
    scalars: (_step, rate, scheduled = momentum) => ({
      learningRate: rate,
      ...(momentum > 0 && { momentum: scheduled }),
      ...decay.scalars,
    }),
  });
}

const plain: FusedUpdate = {
  op: "ResourceApplyGradientDescent",
  slots: [],
  inputs: ["learningRate", "gradient"],
  attributes: {},
};

function heavyBall(nesterov: boolean): FusedUpdate {
  return {
    op: "ResourceApplyMomentum",
    slots: ["velocity"],
    inputs: ["learningRate", "gradient", "momentum"],
    attributes: { use_nesterov: nesterov },
  };
}

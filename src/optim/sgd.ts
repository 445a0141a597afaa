import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { inRange } from "./bounds.js";
import { chain } from "./chain.js";
import type { FusedUpdate, Optimizer, Transform } from "./optimizer.js";
import { addDecayedWeights, nesterovTrace, scaleByLearningRate, trace } from "./transforms.js";

export interface SgdOptions {
  /** Above 0; default 0.01. */
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
  weightDecay: true,
};

/**
 * Stochastic gradient descent, as `torch.optim.SGD` with dampening 0.
 *
 * @throws RangeError for a hyper-parameter out of its range, or Nesterov without momentum.
 * @example sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true })
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  refuseUnknown("sgd", options, known, { lr: "which is learningRate here" });
  const learningRate = inRange("sgd's learningRate", options.learningRate ?? 0.01, { least: 0 });
  const momentum = inRange("sgd's momentum", options.momentum ?? 0, { least: 0, below: 1 });
  const weightDecay = inRange("sgd's weightDecay", options.weightDecay ?? 0, { least: 0 });
  const nesterov = options.nesterov ?? false;
  if (nesterov && momentum === 0)
    throw new RangeError("sgd's nesterov needs a momentum above 0, but it is 0");
  const direction = momentum === 0 ? [] : [nesterov ? nesterovTrace : trace];
  const decay: Transform[] = weightDecay === 0 ? [] : [addDecayedWeights];
  return {
    name: "sgd",
    structure: `sgd${momentum > 0 ? (nesterov ? "+nesterov" : "+momentum") : ""}${weightDecay > 0 ? "+decay" : ""}`,
    learningRate,
    transform: chain(...decay, ...direction, scaleByLearningRate),
    ...(weightDecay === 0 && { fused: momentum === 0 ? plain : heavyBall(nesterov) }),
    scalars: (_step, rate) => ({
      learningRate: rate,
      ...(momentum > 0 && { momentum }),
      ...(weightDecay > 0 && { weightDecay }),
    }),
  };
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

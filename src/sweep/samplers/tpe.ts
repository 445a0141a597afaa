/**
 * The tree-structured Parzen estimator, joint over the parameters: Bergstra et al. (NIPS 2011), Watanabe
 * (arXiv 2304.11127), with Optuna 5's defaults. The better share of trials shapes l, the others and those still
 * running (the "constant liar") shape g; of 24 draws from l the one with the largest l/g is proposed.
 */
import { type Random, random } from "../../base/random.js";
import { cardinality, contains, type Distribution, type ParameterValue, valueAt } from "../distribution.js";
import { positiveInteger } from "../options.js";
import type { Parameters } from "../space.js";
import type { TrialRecord } from "../trialRecord.js";
import { ParzenEstimator } from "./parzen.js";
import { proposeUniformly } from "./random.js";
import type { Sampler, SamplerView } from "./sampler.js";

export interface TpeOptions {
  /** So many trials are drawn uniformly first. Default 10. */
  readonly startupTrials?: number;
  /** Draws from l among which the best is taken. Default 24. */
  readonly candidates?: number;
}

/** Batches of candidates drawn before a wholly taken neighbourhood is left for a uniform draw. */
const batches = 4;

export function tpeSampler({ startupTrials = 10, candidates = 24 }: TpeOptions = {}): Sampler {
  positiveInteger("tpe's startupTrials", startupTrials);
  positiveInteger("tpe's candidates", candidates);
  return {
    name: "tpe",
    options: { startupTrials, candidates },
    propose(view, number) {
      if (view.exhausted) return "exhausted";
      const usable = view.observed.filter((trial) => trial.state !== "failed");
      if (usable.length < startupTrials) return proposeUniformly(view, number);
      const chance = random(view.seed).split("tpe").split(number);
      return (
        proposeFrom(view, splitTrials(usable, view.direction), { chance, candidates }) ??
        proposeUniformly(view, number)
      );
    },
  };
}

interface Split {
  /** Both in the order of numbers. */
  readonly below: readonly TrialRecord[];
  readonly above: readonly TrialRecord[];
}

interface DrawOptions {
  readonly chance: Random;
  readonly candidates: number;
}

/** Undefined when every combination drawn is taken. */
function proposeFrom(
  view: SamplerView,
  split: Split,
  { chance, candidates }: DrawOptions,
): Parameters | undefined {
  const rest: Record<string, ParameterValue> = {};
  for (const [name, distribution] of Object.entries(view.space)) {
    if (cardinality(distribution) === 1) rest[name] = valueAt(distribution, 0);
    else if (!view.joint.includes(name)) {
      // A parameter of some branches only: by itself, from the trials that had it.
      const alone = new Contrast(new Map([[name, distribution]]), split, view.running);
      Object.assign(rest, alone.ranked(chance.split(name), candidates)[0]);
    }
  }
  const joint = new Map(
    Object.entries(view.space).filter(([name]) => view.joint.includes(name) && !(name in rest)),
  );
  if (joint.size === 0) return view.isTaken(rest) ? undefined : rest;
  const contrast = new Contrast(joint, split, view.running);
  for (let batch = 0; batch < batches; batch++)
    for (const params of contrast.ranked(batch === 0 ? chance : chance.split(batch), candidates)) {
      const proposal = inOrder(view.space, { ...rest, ...params });
      if (!view.isTaken(proposal)) return proposal;
    }
  return undefined;
}

function inOrder(space: Readonly<Record<string, Distribution>>, params: Parameters): Parameters {
  return Object.fromEntries(Object.keys(space).map((name) => [name, params[name] as ParameterValue]));
}

/** l against g over some parameters. */
class Contrast {
  private readonly better: ParzenEstimator;
  private readonly worse: ParzenEstimator;

  constructor(
    space: ReadonlyMap<string, Distribution>,
    { below, above }: Split,
    running: readonly Parameters[],
  ) {
    const usable = (trial: TrialRecord) =>
      [...space].every(
        ([name, distribution]) =>
          trial.distributions[name] === distribution || inside(trial, name, distribution),
      );
    const complete = running.filter((params) =>
      [...space].every(([name, distribution]) => name in params && contains(distribution, params[name])),
    );
    this.better = new ParzenEstimator(space, below.filter(usable).map(paramsOf));
    this.worse = new ParzenEstimator(space, [...above.filter(usable).map(paramsOf), ...complete]);
  }

  /** Draws from l, the one with the largest l/g first. */
  ranked(chance: Random, count: number): Parameters[] {
    return Array.from({ length: count }, () => this.better.sample(chance))
      .map((params) => ({ params, gain: this.better.logPdf(params) - this.worse.logPdf(params) }))
      .sort((a, b) => b.gain - a.gain)
      .map(({ params }) => params);
  }
}

function paramsOf(trial: TrialRecord): Parameters {
  return trial.params;
}

/** A trial whose parameter had another definition counts where its value fits the present one. */
function inside(trial: TrialRecord, name: string, distribution: Distribution): boolean {
  return name in trial.params && contains(distribution, trial.params[name]);
}

/** The size of the better share: a tenth, 25 at most. */
export function betterCount(count: number): number {
  return Math.min(Math.ceil(0.1 * count), 25);
}

/** Better: complete trials by value, then pruned ones that got farthest, the better of equals first. */
export function splitTrials(trials: readonly TrialRecord[], direction: SamplerView["direction"]): Split {
  const sign = direction === "minimize" ? 1 : -1;
  const complete = trials
    .filter((trial) => trial.state === "complete")
    .sort((a, b) => sign * (a.value - b.value) || 0);
  const pruned = trials
    .filter((trial) => trial.state === "pruned")
    .map((trial) => ({ trial, step: trial.intermediate.at(-1)?.[0] ?? -1, value: lastValue(trial, sign) }))
    .sort((a, b) => b.step - a.step || a.value - b.value || 0)
    .map(({ trial }) => trial);
  const ranked = [...complete, ...pruned];
  const count = betterCount(ranked.length);
  const byNumber = (a: TrialRecord, b: TrialRecord) => a.number - b.number;
  return { below: ranked.slice(0, count).sort(byNumber), above: ranked.slice(count).sort(byNumber) };
}

/** Smaller is better; NaN is worst. */
function lastValue(trial: TrialRecord, sign: number): number {
  const value = trial.intermediate.at(-1)?.[1] ?? Number.NaN;
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value;
}

/**
 * How much each parameter matters for being among the best trials: PED-ANOVA.
 *
 * Watanabe et al., "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in Arbitrary Subspaces" (IJCAI 2023,
 * arXiv 2304.10255); for parameters of some branches only, the sum over regimes of arXiv 2601.20800. Settings of
 * Optuna 5: the best tenth against all, densities by Scott's rule on a grid of at most 50 points.
 */
import {
  type CategoricalDistribution,
  cardinality,
  type Distribution,
  type NumericDistribution,
} from "./distribution.js";
import { logGaussMass } from "./samplers/normal.js";
import type { Direction, TrialRecord } from "./trialRecord.js";

/** The share of trials that count as good. */
const goodShare = 0.1;
const mostSteps = 50;
/** Trials a regime of a parameter must have to be looked at. */
const leastInRegime = 2;
const tiny = 1e-12;

/** What is looked at of a trial. */
export type WeighedTrial = Pick<TrialRecord, "state" | "params" | "distributions" | "value">;

/**
 * Parameter → importance, the largest first; they sum to 1. All alike when there is nothing to tell them apart, such
 * as with fewer than two complete trials.
 */
export function importances(trials: readonly WeighedTrial[], direction: Direction): Record<string, number> {
  const complete = trials.filter((trial) => trial.state === "complete" && Number.isFinite(trial.value));
  const names = [...new Set(complete.flatMap((trial) => Object.keys(trial.params)))];
  const good = new Set(complete.length > 1 ? best(complete, direction) : []);
  const raw = names.map(
    (name) => [name, complete.length > 1 ? importance(name, complete, good) : 0] as const,
  );
  const sum = raw.reduce((total, [, value]) => total + value, 0);
  return Object.fromEntries(
    raw
      .map(([name, value]) => [name, sum === 0 ? 1 / names.length : value / sum] as const)
      .sort(([, a], [, b]) => b - a),
  );
}

/** Those at least as good as the ⌈n/10⌉-th. */
function best(trials: readonly WeighedTrial[], direction: Direction): WeighedTrial[] {
  const sign = direction === "minimize" ? 1 : -1;
  const losses = trials.map((trial) => sign * trial.value).sort((a, b) => a - b);
  const cutoff = losses[Math.ceil(goodShare * losses.length) - 1] as number;
  return trials.filter((trial) => sign * trial.value <= cutoff);
}

/** Sum over the definitions a parameter had of α²/β times the divergence within. */
function importance(name: string, all: readonly WeighedTrial[], good: ReadonlySet<WeighedTrial>): number {
  const regimes = new Map<Distribution | undefined, WeighedTrial[]>();
  for (const trial of all) {
    const regime = regimes.get(trial.distributions[name]);
    if (regime) regime.push(trial);
    else regimes.set(trial.distributions[name], [trial]);
  }
  let sum = 0;
  for (const [distribution, trials] of regimes) {
    const best = trials.filter((trial) => good.has(trial));
    if (
      !distribution ||
      cardinality(distribution) === 1 ||
      trials.length < leastInRegime ||
      best.length === 0
    )
      continue;
    const alpha = best.length / good.size;
    const beta = trials.length / all.length;
    sum +=
      ((alpha * alpha) / beta) *
      divergence(gridDensity(name, distribution, best), gridDensity(name, distribution, trials));
  }
  return sum;
}

/** Pearson's χ² of the first density from the second. */
function divergence(top: readonly number[], local: readonly number[]): number {
  return local.reduce((sum, density, i) => {
    const ratio = ((top[i] as number) + tiny) / (density + tiny);
    return sum + (density + tiny) * (ratio - 1) ** 2;
  }, 0);
}

/** The estimated density of a parameter at the points of its grid. */
function gridDensity(name: string, distribution: Distribution, trials: readonly WeighedTrial[]): number[] {
  const values = trials.map((trial) => trial.params[name]);
  if (distribution.kind === "categorical") return choiceDensity(countChoices(distribution, values));
  return pointDensity(countPoints(distribution, values as number[]));
}

function countChoices({ choices }: CategoricalDistribution, values: readonly unknown[]): number[] {
  return choices.map((choice) => values.filter((value) => value === choice).length);
}

/** How many values lie next to each point; a value in the middle of two counts for the lower. */
function countPoints(distribution: NumericDistribution, values: readonly number[]): number[] {
  const scale = distribution.log ? Math.log : (value: number) => value;
  const low = scale(distribution.low);
  const steps = gridSteps(distribution);
  const width = (scale(distribution.high) - low) / (steps - 1);
  const counts = new Array<number>(steps).fill(0);
  for (const value of values) {
    const index = Math.min(steps - 1, Math.max(0, Math.ceil((scale(value) - low) / width - 0.5)));
    counts[index] = (counts[index] as number) + 1;
  }
  return counts;
}

function gridSteps(distribution: NumericDistribution): number {
  if (distribution.kind === "int" && distribution.log)
    return Math.min(
      mostSteps,
      Math.ceil(Math.log(distribution.high - distribution.low + 1) / Math.log(2)) + 1,
    );
  return Math.min(mostSteps, cardinality(distribution));
}

/** One kernel for each choice that occurs, weighted by how often, and a flat one of weight 1. */
function choiceDensity(counts: readonly number[]): number[] {
  const seen = counts.filter((count) => count > 0).length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const base = 1 / (seen + 1);
  const norm = 1 + counts.length * base;
  return counts.map(
    (count) => ((count * (1 + base) + (total - count) * base) / norm + 1 / counts.length) / (total + 1),
  );
}

/** One normal kernel for each point that occurs, of Scott's width, and one over the whole grid of weight 1. */
function pointDensity(counts: readonly number[]): number[] {
  const points = counts.flatMap((count, at) => (count > 0 ? [{ at, count }] : []));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const sigma = scottWidth(points, total);
  const high = counts.length - 1;
  const kernels = [
    ...points.map(({ at, count }) => ({ mu: at, sigma, weight: count })),
    { mu: high / 2, sigma: high + 1, weight: 1 },
  ].map((kernel) => ({ ...kernel, norm: massOf(kernel, -0.5, high + 0.5) }));
  return counts.map((_, x) =>
    kernels.reduce(
      (sum, kernel) =>
        sum + (kernel.weight / (total + 1)) * Math.exp(massOf(kernel, x - 0.5, x + 0.5) - kernel.norm),
      0,
    ),
  );
}

function massOf(
  { mu, sigma }: { readonly mu: number; readonly sigma: number },
  from: number,
  to: number,
): number {
  return logGaussMass((from - mu) / sigma, (to - mu) / sigma);
}

/** Scott (1992), with the interquartile range; not narrower than what puts 90 % into one cell. */
function scottWidth(
  points: readonly { readonly at: number; readonly count: number }[],
  total: number,
): number {
  const mean = points.reduce((sum, { at, count }) => sum + at * count, 0) / total;
  const squares = points.reduce((sum, { at, count }) => sum + (at - mean) ** 2 * count, 0);
  const deviation = Math.sqrt(squares / Math.max(1, total - 1));
  let sum = 0;
  const cumulated = points.map(({ count }) => (sum += count));
  const first = cumulated.findIndex((reached) => reached >= Math.floor(total / 4));
  const third = cumulated.findIndex((reached) => reached > Math.floor((total * 3) / 4));
  const upper = points[third < 0 ? points.length - 1 : third]?.at ?? 0;
  const range = upper - (points[Math.max(0, first)]?.at ?? 0);
  return Math.max(1.059 * Math.min(range / 1.34, deviation) * total ** -0.2, 0.5 / 1.64);
}

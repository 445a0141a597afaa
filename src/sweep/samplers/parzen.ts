/**
 * A mixture of product kernels around observed points: the density estimate of TPE.
 *
 * Watanabe, "Tree-Structured Parzen Estimator: Understanding Its Algorithm Components" (arXiv 2304.11127), with the
 * settings of Optuna 5: one kernel an observation plus a prior kernel over the whole range with weight 1; widths from
 * the neighbours, not narrower than (high − low)/min(100, 1 + kernels); integers and steps as the mass of their cell.
 */
import type { Random } from "../../base/random.js";
import {
  type CategoricalDistribution,
  type Distribution,
  type NumericDistribution,
  nearest,
  type ParameterValue,
  stepOf,
} from "../distribution.js";
import type { Parameters } from "../space.js";
import { logGaussMass, logNormalPdf, truncatedQuantile } from "./normal.js";

/** One parameter's part of every kernel. Kernel k < n is observation k, kernel n the prior. */
interface Dimension {
  draw(kernel: number, random: Random): ParameterValue;
  /** Adds log p(value | kernel) to `sums[kernel]`. */
  addLogPdf(value: ParameterValue, sums: Float64Array): void;
}

export class ParzenEstimator {
  /** Of each kernel, summing to 1. */
  readonly weights: Float64Array;
  private readonly dimensions: ReadonlyMap<string, Dimension>;

  /** @param observations in the order of their trials' numbers: later ones weigh more. Each holds every parameter. */
  constructor(space: ReadonlyMap<string, Distribution>, observations: readonly Parameters[]) {
    const count = observations.length;
    this.weights = Float64Array.of(...recencyWeights(count), 1);
    const total = this.weights.reduce((sum, weight) => sum + weight, 0);
    this.weights = this.weights.map((weight) => weight / total);
    this.dimensions = new Map(
      [...space].map(([name, distribution]) => {
        const column = observations.map((observation) => observation[name] as ParameterValue);
        return [
          name,
          distribution.kind === "categorical"
            ? new CategoricalDimension(distribution, column)
            : new NumericDimension(distribution, column as number[]),
        ];
      }),
    );
  }

  /** One joint draw: a kernel by weight, then each parameter from it. */
  sample(random: Random): Parameters {
    let rest = random.next();
    let kernel = 0;
    while (kernel < this.weights.length - 1 && rest >= (this.weights[kernel] as number))
      rest -= this.weights[kernel++] as number;
    const params: Record<string, ParameterValue> = {};
    for (const [name, dimension] of this.dimensions) params[name] = dimension.draw(kernel, random);
    return params;
  }

  /** log p(params). */
  logPdf(params: Parameters): number {
    const sums = this.weights.map(Math.log);
    for (const [name, dimension] of this.dimensions)
      dimension.addLogPdf(params[name] as ParameterValue, sums);
    let top = Number.NEGATIVE_INFINITY;
    for (const sum of sums) if (sum > top) top = sum;
    if (top === Number.NEGATIVE_INFINITY) return top;
    let total = 0;
    for (const sum of sums) total += Math.exp(sum - top);
    return Math.log(total) + top;
  }
}

/** Ones below 25 observations; else rising from 1/n to 1, and 1 for the latest 25. */
export function recencyWeights(count: number): number[] {
  const ramp = Math.max(0, count - 25);
  return Array.from({ length: count }, (_, i) => {
    if (i >= ramp) return 1;
    return ramp === 1 ? 1 / count : 1 / count + ((1 - 1 / count) * i) / (ramp - 1);
  });
}

class CategoricalDimension implements Dimension {
  private readonly hit: number;
  private readonly miss: number;
  private readonly uniform: number;

  constructor(
    private readonly distribution: CategoricalDistribution,
    private readonly observed: readonly ParameterValue[],
  ) {
    const choices = distribution.choices.length;
    // Each kernel has 1/K everywhere and 1 more at its value: in all 1 + choices/K.
    const base = 1 / (observed.length + 1);
    this.hit = Math.log((base + 1) / (1 + choices * base));
    this.miss = Math.log(base / (1 + choices * base));
    this.uniform = Math.log(1 / choices);
  }

  draw(kernel: number, random: Random): ParameterValue {
    const { choices } = this.distribution;
    const own = this.observed[kernel];
    // The excess of the observed choice over the others, then all alike.
    const excess = own === undefined ? 0 : Math.exp(this.hit) - Math.exp(this.miss);
    if (random.next() < excess) return own as ParameterValue;
    return choices[random.integer(choices.length)] as ParameterValue;
  }

  addLogPdf(value: ParameterValue, sums: Float64Array): void {
    const prior = this.observed.length;
    for (let k = 0; k < prior; k++)
      sums[k] = (sums[k] as number) + (this.observed[k] === value ? this.hit : this.miss);
    sums[prior] = (sums[prior] as number) + this.uniform;
  }
}

/** Normal kernels cut to the range; in the logarithm where the parameter is. */
export class NumericDimension implements Dimension {
  readonly mus: Float64Array;
  readonly sigmas: Float64Array;
  /** Ends of the range kernels live in: half a step wider than the values, in the logarithm where set. */
  private readonly low: number;
  private readonly high: number;
  private readonly step: number | undefined;
  /** Kernels with equal mu and sigma share one entry: small integer ranges have few. */
  private readonly shape: Int32Array;
  private readonly shapes: { readonly mu: number; readonly sigma: number; readonly logScale: number }[] = [];

  constructor(
    private readonly distribution: NumericDistribution,
    observed: readonly number[],
  ) {
    this.step = stepOf(distribution);
    const half = (this.step ?? 0) / 2;
    this.low = this.scaled(distribution.low - half);
    this.high = this.scaled(distribution.high + half);
    const points = observed.map((value) => this.scaled(value));
    this.mus = Float64Array.of(...points, 0.5 * (this.low + this.high));
    this.sigmas = Float64Array.of(...kernelWidths(points, this.low, this.high), this.high - this.low);
    this.shape = this.collectShapes();
  }

  private scaled(value: number): number {
    return this.distribution.log ? Math.log(value) : value;
  }

  private collectShapes(): Int32Array {
    const known = new Map<string, number>();
    return Int32Array.from(this.mus, (mu, k) => {
      const sigma = this.sigmas[k] as number;
      const key = `${mu}|${sigma}`;
      let index = known.get(key);
      if (index === undefined) {
        index = this.shapes.length;
        known.set(key, index);
        const mass = logGaussMass((this.low - mu) / sigma, (this.high - mu) / sigma);
        this.shapes.push({ mu, sigma, logScale: this.step === undefined ? mass + Math.log(sigma) : mass });
      }
      return index;
    });
  }

  draw(kernel: number, random: Random): number {
    const mu = this.mus[kernel] as number;
    const sigma = this.sigmas[kernel] as number;
    const x =
      mu + sigma * truncatedQuantile(random.next(), (this.low - mu) / sigma, (this.high - mu) / sigma);
    return nearest(this.distribution, this.distribution.log ? Math.exp(x) : x);
  }

  addLogPdf(value: ParameterValue, sums: Float64Array): void {
    const logs =
      this.step === undefined ? this.densities(value as number) : this.masses(value as number, this.step);
    for (let k = 0; k < sums.length; k++)
      sums[k] = (sums[k] as number) + (logs[this.shape[k] as number] as number);
  }

  private densities(value: number): number[] {
    const x = this.scaled(value);
    return this.shapes.map(({ mu, sigma, logScale }) => logNormalPdf((x - mu) / sigma) - logScale);
  }

  private masses(value: number, step: number): number[] {
    const left = this.scaled(value - step / 2);
    const right = this.scaled(value + step / 2);
    return this.shapes.map(
      ({ mu, sigma, logScale }) => logGaussMass((left - mu) / sigma, (right - mu) / sigma) - logScale,
    );
  }
}

/** Each point's larger distance to a neighbour (the ends of the range count only for a single point), clipped. */
function kernelWidths(points: readonly number[], low: number, high: number): number[] {
  const order = points.map((_, i) => i).sort((a, b) => (points[a] as number) - (points[b] as number));
  const widest = high - low;
  const narrowest = widest / Math.min(100, 2 + points.length);
  const widths = new Array<number>(points.length);
  for (const [rank, index] of order.entries()) {
    const own = points[index] as number;
    const before = rank === 0 ? low : (points[order[rank - 1] as number] as number);
    const after = rank === order.length - 1 ? high : (points[order[rank + 1] as number] as number);
    let width = Math.max(own - before, after - own);
    if (points.length > 1 && rank === 0) width = after - own;
    else if (points.length > 1 && rank === order.length - 1) width = own - before;
    widths[index] = Math.min(widest, Math.max(narrowest, width));
  }
  return widths;
}

/** What a range test found, as numbers and as a chart. */

import type { MimeBundle } from "./base/host.js";
import { inspectInstances } from "./base/inspection.js";
import { chartBundle } from "./board/chart.js";
import type { Spec } from "./board/inlineData.js";
import { rateChart } from "./board/rateChart.js";
import type { RateCurve } from "./train/rateRange.js";
import { type RateSuggestion, rateSuggestion } from "./train/rateSuggestion.js";

/** Invariant: `rates`, `losses` and `smoothed` have one entry a step. */
export class LrFinding {
  /** The rates that were tried, rising. */
  readonly rates: readonly number[];
  /** The batch's loss before the step with each rate. */
  readonly losses: readonly number[];
  /** Their exponential moving average, without the bias of its start. */
  readonly smoothed: readonly number[];
  /** Whether it ended because the loss diverged; if not, it ended with the last rate. */
  readonly diverged: boolean;
  readonly #suggestion: RateSuggestion;
  readonly #model: string;

  constructor(curve: RateCurve, model: string) {
    this.rates = curve.rates;
    this.losses = curve.losses;
    this.smoothed = curve.smoothed;
    this.diverged = curve.diverged;
    this.#suggestion = rateSuggestion(curve);
    this.#model = model;
  }

  /** The rate at which the smoothed loss falls fastest; undefined where it never fell. */
  get steepest(): number | undefined {
    return this.#suggestion.steepest;
  }

  /** A tenth of the rate at which the smoothed loss is least; undefined where it never fell. */
  get minimumOverTen(): number | undefined {
    return this.#suggestion.minimumOverTen;
  }

  /** What it suggests, in one sentence. */
  toString(): string {
    const range = `${shown(this.rates[0])} to ${shown(this.rates.at(-1))}`;
    const end = this.diverged ? ", where the loss diverged" : "";
    const tried = `${this.#model}: ${this.rates.length} rates from ${range}${end}`;
    if (this.steepest === undefined) return `${tried}; the loss never fell, so no rate is suggested`;
    return `${tried}; it falls fastest at ${shown(this.steepest)}, a tenth of the rate at its least is ${shown(this.minimumOverTen)}`;
  }

  /** Vega-Lite v5, SVG, PNG (base64) and plain text; drawn in the board's thread. */
  toMimeBundle(): Promise<MimeBundle> {
    return chartBundle(this.#spec(), this.toString());
  }

  #spec(): Spec {
    const rows = this.rates.map((rate, i) => [rate, this.losses[i] as number, this.smoothed[i] as number]);
    const { steepest, minimumOverTen } = this.#suggestion;
    const marks = [["steepest", steepest] as const, ["least / 10", minimumOverTen] as const].flatMap(
      ([name, rate]) => (rate === undefined ? [] : [{ name, rate }]),
    );
    return rateChart(`learning-rate range test of ${this.#model}`, rows, marks);
  }
}

inspectInstances(LrFinding);

function shown(rate: number | undefined): string {
  return rate === undefined ? "none" : String(Number(rate.toPrecision(3)));
}

import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { type Direction, directionOf, isBetter } from "../base/metric.js";
import { shown } from "../base/shown.js";

export interface EarlyStoppingOptions {
  /** A key of the history. Default `valLoss`, or `loss` without validation data. */
  readonly monitor?: string;
  /** Epochs without improvement before the end, ≥ 1. Default 3. */
  readonly patience?: number;
  /** Improvements smaller than this are none, ≥ 0. Default 0. */
  readonly minDelta?: number;
  /** Give the model the weights of its best epoch at the end, whether stopped early or not. Default true. */
  readonly restoreBest?: boolean;
  /** Needed only for a metric that this library does not know. */
  readonly direction?: Direction;
}

const known: OptionNames<EarlyStoppingOptions> = {
  monitor: true,
  patience: true,
  minDelta: true,
  restoreBest: true,
  direction: true,
};

/** Where a watch stands. */
export interface EarlyStoppingState {
  readonly best: number;
  readonly bestEpoch: number;
  readonly epoch: number;
}

/** Watches one metric. Invariant: `bestEpoch` is the epoch of `best`, 0 before the first number. */
export class EarlyStopping {
  readonly monitor: string;
  readonly restoreBest: boolean;
  readonly #patience: number;
  readonly #minDelta: number;
  readonly #direction: Direction;
  #best = Number.NaN;
  #bestEpoch = 0;
  #epoch = 0;

  /** @throws RangeError if an option is out of its range. */
  constructor(options: EarlyStoppingOptions, defaults: { monitor: string }) {
    refuseUnknown("earlyStopping", options, known);
    const { monitor = defaults.monitor, patience = 3, minDelta = 0, restoreBest = true } = options;
    if (!(Number.isInteger(patience) || patience === Number.POSITIVE_INFINITY) || patience < 1)
      throw new RangeError(
        `earlyStopping needs a patience of at least 1 epoch; it was given ${shown(patience)}`,
      );
    if (!(minDelta >= 0))
      throw new RangeError(`earlyStopping needs a minDelta of at least 0; it was given ${shown(minDelta)}`);
    this.monitor = monitor;
    this.restoreBest = restoreBest;
    this.#patience = patience;
    this.#minDelta = minDelta;
    this.#direction = directionOf(monitor, options.direction);
  }

  /** All that decides what it does. */
  get settings(): Readonly<Record<string, unknown>> {
    const { monitor, restoreBest } = this;
    return {
      monitor,
      patience: this.#patience,
      minDelta: this.#minDelta,
      direction: this.#direction,
      restoreBest,
    };
  }

  get best(): number {
    return this.#best;
  }

  get bestEpoch(): number {
    return this.#bestEpoch;
  }

  get state(): EarlyStoppingState {
    return { best: this.#best, bestEpoch: this.#bestEpoch, epoch: this.#epoch };
  }

  /** Goes on from where another stood. */
  set state({ best, bestEpoch, epoch }: EarlyStoppingState) {
    this.#best = best;
    this.#bestEpoch = bestEpoch;
    this.#epoch = epoch;
  }

  /** Takes the value of the next epoch; says whether it is the best so far. */
  update(value: number): boolean {
    this.#epoch++;
    const least = this.#direction === "max" ? this.#best + this.#minDelta : this.#best - this.#minDelta;
    if (!isBetter(value, least, this.#direction)) return false;
    this.#best = value;
    this.#bestEpoch = this.#epoch;
    return true;
  }

  /** Why training should stop now; undefined to go on. */
  reason(): string | undefined {
    const waited = this.#epoch - this.#bestEpoch;
    if (waited < this.#patience) return undefined;
    const best =
      this.#bestEpoch > 0 ? `${this.#best.toPrecision(4)} in epoch ${this.#bestEpoch}` : "no number";
    return `${this.monitor} has not improved for ${waited} epoch${waited === 1 ? "" : "s"} (best: ${best})`;
  }
}

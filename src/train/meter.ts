import type { StepResult } from "./seams.js";
import { addTotals, type GrowingTotals, meansOf, type Totals } from "./totals.js";

/** What a meter has added up. */
export interface MeterState {
  readonly size: number;
  readonly loss: number;
  readonly totals: Totals;
}

/** Means over samples. Of metrics the sums are added, so that a share is the quotient of two whole numbers. */
export class Meter {
  #size = 0;
  #loss = 0;
  readonly #totals: GrowingTotals = {};

  /** @param from what another has added up */
  constructor(from?: MeterState) {
    if (!from) return;
    this.#size = from.size;
    this.#loss = from.loss;
    addTotals(this.#totals, from.totals);
  }

  get state(): MeterState {
    return { size: this.#size, loss: this.#loss, totals: structuredClone(this.#totals) };
  }

  add({ loss, totals }: StepResult, size: number): void {
    this.#size += size;
    this.#loss += loss * size;
    addTotals(this.#totals, totals);
  }

  /** `loss` first, then the metrics; empty before the first `add`. */
  means(): Record<string, number> {
    if (this.#size === 0) return {};
    return { loss: this.#loss / this.#size, ...meansOf(this.#totals) };
  }
}

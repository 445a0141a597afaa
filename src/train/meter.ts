import type { StepResult } from "./seams.js";

/** What a meter has added up. */
export interface MeterState {
  readonly size: number;
  readonly loss: number;
  readonly totals: Readonly<Record<string, { readonly sum: number; readonly count: number }>>;
}

/** Means over samples. Of metrics the sums are added, so that a share is the quotient of two whole numbers. */
export class Meter {
  #size = 0;
  #loss = 0;
  readonly #totals: Record<string, { sum: number; count: number }> = {};

  /** @param from what another has added up */
  constructor(from?: MeterState) {
    if (!from) return;
    this.#size = from.size;
    this.#loss = from.loss;
    for (const metric in from.totals)
      this.#totals[metric] = { ...(from.totals[metric] ?? { sum: 0, count: 0 }) };
  }

  get state(): MeterState {
    return { size: this.#size, loss: this.#loss, totals: structuredClone(this.#totals) };
  }

  add({ loss, totals }: StepResult, size: number): void {
    this.#size += size;
    this.#loss += loss * size;
    for (const metric in totals) {
      const { sum = 0, count = 0 } = totals[metric] ?? {};
      const total = this.#totals[metric] ?? { sum: 0, count: 0 };
      this.#totals[metric] = total;
      total.sum += sum;
      total.count += count;
    }
  }

  /** `loss` first, then the metrics; empty before the first `add`. */
  means(): Record<string, number> {
    if (this.#size === 0) return {};
    const metrics = Object.entries(this.#totals).map(([metric, { sum, count }]) => [metric, sum / count]);
    return { loss: this.#loss / this.#size, ...Object.fromEntries(metrics) };
  }
}

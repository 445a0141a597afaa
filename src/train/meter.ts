import type { StepResult } from "./seams.js";

/** Means over samples. Of metrics the sums are added, so that a share is the quotient of two whole numbers. */
export class Meter {
  #size = 0;
  #loss = 0;
  readonly #totals: Record<string, { sum: number; count: number }> = {};

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

import type { StepResult } from "./seams.js";

/** Means over samples: batches count by their size. */
export class Meter {
  #size = 0;
  readonly #totals: Record<string, number> = {};

  add(result: StepResult, size: number): void {
    this.#size += size;
    this.#add("loss", result.loss * size);
    for (const metric in result.metrics) this.#add(metric, (result.metrics[metric] as number) * size);
  }

  /** `loss` first, then the metrics; empty before the first `add`. */
  means(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.#totals).map(([key, total]) => [key, total / this.#size]));
  }

  #add(key: string, value: number): void {
    this.#totals[key] = (this.#totals[key] ?? 0) + value;
  }
}

/** What trials reached each rung with, kept sorted: a journal of thousands of trials is judged again without sorting. */
import { bisectLeft } from "../base/bisect.js";
import { type RungLadder, rungsUpTo } from "./pruners/asha.js";
import { sortedQuantile } from "./pruners/pruner.js";
import type { Direction } from "./trialRecord.js";

export class ReachedRungs {
  /** By rung, rising; of a metric to maximise as it is, else its negative. Without NaN. */
  private readonly sorted = new Map<number, number[]>();
  /** Trial → rung → its first value there or later. */
  private readonly values = new Map<number, Map<number, number>>();
  private readonly sign: 1 | -1;

  constructor(
    private readonly ladder: RungLadder,
    direction: Direction,
  ) {
    this.sign = direction === "maximize" ? 1 : -1;
  }

  report(trial: number, step: number, value: number): void {
    const own = this.values.get(trial) ?? new Map<number, number>();
    this.values.set(trial, own);
    for (const rung of rungsUpTo(step, this.ladder)) {
      if (own.has(rung)) continue;
      own.set(rung, value);
      this.insert(rung, value);
    }
  }

  /** Of a trial that starts again. */
  forget(trial: number): void {
    for (const [rung, value] of this.values.get(trial) ?? []) this.remove(rung, value);
    this.values.delete(trial);
  }

  /** The value that a trial must reach: the (1 − 1/η) quantile of the others; NaN if none was there. */
  cutoff(trial: number, rung: number): number {
    const own = this.values.get(trial)?.get(rung);
    if (own !== undefined) this.remove(rung, own);
    const cutoff = this.sign * sortedQuantile(this.sorted.get(rung) ?? [], 1 - 1 / this.ladder.eta);
    if (own !== undefined) this.insert(rung, own);
    return cutoff;
  }

  private insert(rung: number, value: number): void {
    if (Number.isNaN(value)) return;
    const sorted = this.sorted.get(rung) ?? [];
    this.sorted.set(rung, sorted);
    sorted.splice(bisectLeft(sorted, this.sign * value), 0, this.sign * value);
  }

  private remove(rung: number, value: number): void {
    if (Number.isNaN(value)) return;
    const sorted = this.sorted.get(rung) ?? [];
    sorted.splice(bisectLeft(sorted, this.sign * value), 1);
  }
}

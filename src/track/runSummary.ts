/** Last, smallest and largest value of each tag, kept up to date while a run logs. */
import { toJsonNumber } from "./jsonValue.js";
import type { ScalarSeries } from "./runData.js";
import type { TagSummary } from "./runRecord.js";

interface Extremes {
  last: number;
  min: number;
  max: number;
  step: number;
  count: number;
}

export class RunSummary {
  readonly #tags = new Map<string, Extremes>();

  /** Adds the points of a series in order. */
  addSeries(tag: string, { values, steps }: ScalarSeries): void {
    for (let i = 0; i < values.length; i++) this.add(tag, values[i]!, steps[i]!);
  }

  add(tag: string, value: number, step: number): void {
    let entry = this.#tags.get(tag);
    if (!entry) {
      entry = { last: value, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, step, count: 0 };
      this.#tags.set(tag, entry);
    }
    entry.last = value;
    entry.step = step;
    entry.count++;
    if (Number.isFinite(value)) {
      if (value < entry.min) entry.min = value;
      if (value > entry.max) entry.max = value;
    }
  }

  toJSON(): Record<string, TagSummary> {
    const tags: Record<string, TagSummary> = {};
    for (const [tag, { last, min, max, step, count }] of this.#tags) {
      tags[tag] = { last: toJsonNumber(last), ...(min <= max && { min, max }), step, count };
    }
    return tags;
  }
}

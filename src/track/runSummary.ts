/** Last, smallest and largest value of each tag, kept up to date while a run logs. */
import { toJsonNumber } from "./jsonValue.js";
import type { ScalarSeries } from "./runData.js";
import type { TagSummary } from "./runRecord.js";
import { withoutOverwritten } from "./withoutOverwritten.js";

interface Extremes {
  last: number;
  min: number;
  max: number;
  step: number;
  count: number;
}

export class RunSummary {
  readonly #tags = new Map<string, Extremes>();
  #beganAnew = false;

  /** Whether a value came at an earlier step than the one before: it counts points then that no longer stand. */
  get beganAnew(): boolean {
    return this.#beganAnew;
  }

  /** Adds the points of a series in order, without those that a restart has written over. */
  addSeries(tag: string, series: ScalarSeries): void {
    const { last, min, max, step, count } = extremesOf(series);
    if (count === 0) return;
    const entry = this.#entry(tag);
    entry.last = last;
    entry.step = step;
    entry.count += count;
    entry.min = Math.min(entry.min, min);
    entry.max = Math.max(entry.max, max);
  }

  /** Begins anew with all series of the run. */
  restate(all: ReadonlyMap<string, ScalarSeries>): void {
    this.#tags.clear();
    this.#beganAnew = false;
    for (const [tag, series] of all) this.addSeries(tag, series);
  }

  add(tag: string, value: number, step: number): void {
    const entry = this.#entry(tag);
    if (step < entry.step) this.#beganAnew = true;
    addTo(entry, value, step);
  }

  #entry(tag: string): Extremes {
    let entry = this.#tags.get(tag);
    if (!entry) {
      entry = nothing();
      this.#tags.set(tag, entry);
    }
    return entry;
  }

  toJSON(): Record<string, TagSummary> {
    const tags: Record<string, TagSummary> = {};
    for (const [tag, { last, min, max, step, count }] of this.#tags) {
      tags[tag] = { last: toJsonNumber(last), ...(min <= max && { min, max }), step, count };
    }
    return tags;
  }
}

function nothing(): Extremes {
  return {
    last: Number.NaN,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    step: 0,
    count: 0,
  };
}

function addTo(entry: Extremes, value: number, step: number): void {
  entry.last = value;
  entry.step = step;
  entry.count++;
  if (Number.isFinite(value)) {
    if (value < entry.min) entry.min = value;
    if (value > entry.max) entry.max = value;
  }
}

/** A series never changes: who reads a run again has another object where there are more points. */
const known = new WeakMap<ScalarSeries, Readonly<Extremes>>();

function extremesOf(series: ScalarSeries): Readonly<Extremes> {
  const before = known.get(series);
  if (before) return before;
  const found = nothing();
  const { values, steps } = withoutOverwritten(series);
  for (let i = 0; i < values.length; i++) addTo(found, values[i]!, steps[i]!);
  known.set(series, found);
  return found;
}

/** A scalar series that grows while files are read. */
import type { ScalarSeries } from "./runData.js";

const firstCapacity = 64;

export class SeriesBuilder {
  #steps: Float64Array = new Float64Array(firstCapacity);
  #values: Float64Array = new Float64Array(firstCapacity);
  #wallTimes: Float64Array = new Float64Array(firstCapacity);
  #length = 0;

  add(step: number, value: number, wallTime: number): void {
    if (this.#length === this.#steps.length) this.#grow();
    const at = this.#length++;
    this.#steps[at] = step;
    this.#values[at] = value;
    this.#wallTimes[at] = wallTime;
  }

  /** The points so far, sharing memory: later points do not appear in it, and its own do not change. */
  series(): ScalarSeries {
    return {
      steps: this.#steps.subarray(0, this.#length),
      values: this.#values.subarray(0, this.#length),
      wallTimes: this.#wallTimes.subarray(0, this.#length),
    };
  }

  #grow(): void {
    const larger = (before: Float64Array): Float64Array => {
      const after = new Float64Array(before.length * 2);
      after.set(before);
      return after;
    };
    this.#steps = larger(this.#steps);
    this.#values = larger(this.#values);
    this.#wallTimes = larger(this.#wallTimes);
  }
}

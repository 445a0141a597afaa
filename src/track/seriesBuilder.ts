/**
 * A scalar series that grows while files are read: at most 24 bytes a point, 20 until somebody asks for its steps as
 * float64.
 */
import { type PointTarget, pointBuffer } from "./pointBuffer.js";
import type { ScalarSeries } from "./runData.js";

/** Room beyond what is needed, for a series that goes on growing: an eighth, so that points are copied nine times at most. */
const growth = 1.125;

export class SeriesBuilder implements PointTarget {
  /** Whole numbers below 2^32 as such, while all are. */
  #steps: Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer> = new Uint32Array();
  #values = new Float64Array();
  #wallTimes = new Float64Array();
  #length = 0;
  #given: ScalarSeries | undefined;

  add(step: number, value: number, wallTime: number): void {
    pointBuffer.add(this, step, value, wallTime);
  }

  /**
   * The points so far, sharing memory: later points do not appear in it, and its own do not change.
   * The same object again while there are no new ones.
   */
  series(): ScalarSeries {
    pointBuffer.flush();
    if (this.#given) return this.#given;
    const length = this.#length;
    const floatSteps = () => this.#floatSteps().subarray(0, length);
    let steps: Float64Array | undefined;
    this.#given = {
      get steps() {
        steps ??= floatSteps();
        return steps;
      },
      values: this.#values.subarray(0, length),
      wallTimes: this.#wallTimes.subarray(0, length),
    };
    return this.#given;
  }

  reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#values.length) return;
    const capacity = Math.max(needed, this.#length === 0 ? 0 : Math.ceil(this.#length * growth) + 16);
    this.#steps = grown(this.#steps, this.#length, capacity);
    this.#values = grown(this.#values, this.#length, capacity);
    this.#wallTimes = grown(this.#wallTimes, this.#length, capacity);
  }

  push(step: number, value: number, wallTime: number): void {
    const at = this.#length++;
    if (step !== step >>> 0) this.#floatSteps();
    this.#steps[at] = step;
    this.#values[at] = value;
    this.#wallTimes[at] = wallTime;
    this.#given = undefined;
  }

  #floatSteps(): Float64Array<ArrayBuffer> {
    if (this.#steps instanceof Uint32Array) this.#steps = new Float64Array(this.#steps);
    return this.#steps;
  }
}

function grown<T extends Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  before: T,
  length: number,
  capacity: number,
): T {
  const after = new (before.constructor as new (length: number) => T)(capacity);
  after.set(before.subarray(0, length));
  return after;
}

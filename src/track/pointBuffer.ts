/**
 * Points on their way from files to their series.
 *
 * A file has the points of all series in turn. Counting them here before they are handed on gives each series the
 * memory that it needs at once, where growing step by step would leave its earlier, smaller copies behind.
 * Invariant: points of a series are handed on in the order in which they came.
 */

/** A series, as this buffer sees it. */
export interface PointTarget {
  /** Makes room for so many more. */
  reserve(count: number): void;
  /** Appends one for which there is room. */
  push(step: number, value: number, wallTime: number): void;
}

const capacity = 65_536;

class PointBuffer {
  readonly #targets: (PointTarget | undefined)[] = new Array(capacity).fill(undefined);
  readonly #steps = new Float64Array(capacity);
  readonly #values = new Float64Array(capacity);
  readonly #wallTimes = new Float64Array(capacity);
  readonly #counts = new Map<PointTarget, number>();
  #length = 0;

  add(target: PointTarget, step: number, value: number, wallTime: number): void {
    if (this.#length === capacity) this.flush();
    const at = this.#length++;
    this.#targets[at] = target;
    this.#steps[at] = step;
    this.#values[at] = value;
    this.#wallTimes[at] = wallTime;
  }

  /** Hands all points on. */
  flush(): void {
    const length = this.#length;
    if (length === 0) return;
    this.#count(length);
    for (const [target, count] of this.#counts) target.reserve(count);
    this.#counts.clear();
    for (let at = 0; at < length; at++) {
      this.#targets[at]!.push(this.#steps[at]!, this.#values[at]!, this.#wallTimes[at]!);
      this.#targets[at] = undefined;
    }
    this.#length = 0;
  }

  /** How many each target gets; neighbours of one target are counted together. */
  #count(length: number): void {
    for (let at = 0; at < length; ) {
      const target = this.#targets[at]!;
      const first = at;
      while (at < length && this.#targets[at] === target) at++;
      this.#counts.set(target, (this.#counts.get(target) ?? 0) + at - first);
    }
  }
}

/** One for all: readers take turns. */
export const pointBuffer = new PointBuffer();

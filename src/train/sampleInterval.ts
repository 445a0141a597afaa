/**
 * Which steps are measured: every n-th, and twice, four times … as seldom where that would cost too much.
 *
 * Invariant: steps that are measured at a longer interval are among those of the shorter one, so that a resumed training
 * has them where the whole one has.
 */

/** The share of a training's time that measured steps may add. */
const budget = 0.05;

export interface SampleIntervalOptions {
  /** The first interval in steps; 0 for none. */
  readonly every: number;
  /** It grows no longer than this; `every` keeps it as it is. */
  readonly longest: number;
}

export class SampleInterval {
  #every: number;
  readonly #longest: number;
  /** The quickest so far, in milliseconds: others waited for a capture, or for the machine. */
  #plain = Number.POSITIVE_INFINITY;
  #measured = Number.POSITIVE_INFINITY;

  constructor({ every, longest }: SampleIntervalOptions) {
    this.#every = every;
    this.#longest = longest;
  }

  /** Steps from one that is measured to the next. */
  get every(): number {
    return this.#every;
  }

  isSampled(step: number): boolean {
    return this.#every > 0 && step % this.#every === 0;
  }

  /** A plain step took so long: one of a call of several counts its share. */
  tookPlain(milliseconds: number): void {
    this.#plain = Math.min(this.#plain, milliseconds);
  }

  /** The first that is measured also captures, and decides nothing. */
  tookMeasured(milliseconds: number): void {
    const isFirst = this.#measured === Number.POSITIVE_INFINITY;
    // Any later one is quicker than the first.
    this.#measured = isFirst ? Number.MAX_VALUE : Math.min(this.#measured, milliseconds);
    if (isFirst || this.#every === 0 || this.#plain === Number.POSITIVE_INFINITY) return;
    const extra = this.#measured - this.#plain;
    while (extra > budget * this.#plain * this.#every && this.#every * 2 <= this.#longest) this.#every *= 2;
  }
}

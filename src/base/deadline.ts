/** Time that something may take, by a clock that is given. */

/** Thrown where time is over; the sentence's part says why something was not done. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
  constructor() {
    super("there was no time for it");
  }
}

/** An end in time. Milliseconds; the clock's beginning does not matter, and it never goes back. */
export class Deadline {
  readonly now: () => number;
  readonly #end: number;

  /** @param now such as `performance.now` */
  constructor(milliseconds: number, now: () => number = () => performance.now()) {
    this.now = now;
    this.#end = now() + milliseconds;
  }

  /** Until then; 0 once it is over. */
  get left(): number {
    return Math.max(0, this.#end - this.now());
  }

  /** An end of a part: as soon as asked for, and no later than this one. */
  within(milliseconds: number): Deadline {
    return new Deadline(Math.min(milliseconds, this.left), this.now);
  }

  /** @throws OutOfTime */
  check(): void {
    if (this.left === 0) throw new OutOfTime();
  }
}

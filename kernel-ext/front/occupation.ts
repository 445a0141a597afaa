/** What keeps the session busy, and for how long a person has wanted it to stop. */
import type { Execution } from "./execution.js";

/** An interrupt this long after the first that reached the session, in milliseconds, means that it was of no use. */
const patience = 3000;

/** Invariant: one execution at a time; interrupts count from its first one, and of an earlier cell's code from theirs. */
export class Occupation {
  private execution: Execution | undefined;
  private lastCell = 0;
  /** When the first interrupt of what keeps the session busy now was sent to it. */
  private interruptedAt: number | undefined;

  /** @param now Milliseconds, for tests. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  get current(): Execution | undefined {
    return this.execution;
  }

  /** The cell below which text stands that has none of its own: the one that runs, or the last that was not silent. */
  get place(): number {
    return this.execution?.cell ?? this.lastCell;
  }

  /** A silent cell runs, below which nothing is shown. */
  get silent(): boolean {
    return this.execution?.request?.silent === true;
  }

  /** As `place`, but never a silent cell: what the kernel has to say itself stands below it. */
  get visiblePlace(): number {
    return this.silent ? this.lastCell : this.place;
  }

  /** A cell that is not silent was taken up: until the next one, what is late stands below it. */
  takeUp(cell: number): void {
    this.lastCell = cell;
  }

  begin(execution: Execution): void {
    this.execution = execution;
  }

  end(): void {
    this.execution = undefined;
    this.freed();
  }

  /** What was interrupted has ended: the next interrupt is a first one. */
  freed(): void {
    this.interruptedAt = undefined;
  }

  /** An interrupt is about to be sent. True when one was sent so long ago that only the session's end is left. */
  isPastPatience(): boolean {
    const now = this.now();
    this.interruptedAt ??= now;
    return now - this.interruptedAt > patience;
  }
}

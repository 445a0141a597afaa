/** The awaits of running cells, so that an interrupt can end them and the collector cannot. */

import { cellFrame } from "./cellFrame.js";
import { interruption } from "./interruption.js";
import { OwnMap, OwnPromise, OwnSet, resolved, whenSettled } from "./intrinsics.js";
import { captureStack, OwnError, OwnWeakMap, setProperty } from "./primordials.js";
import { isA, property } from "./property.js";

/** Ends a cell's await when the person interrupts. */
export class KeyboardInterrupt extends Error {
  override readonly name = "KeyboardInterrupt";
  constructor(message = "the cell was interrupted") {
    super(message);
  }
  get [interruption](): true {
    return true;
  }
}

interface PendingAwait {
  readonly reject: (reason: unknown) => void;
}

const settled = resolved(undefined);
const nothing = () => undefined;

/** Awaits of one cell that remember where they stand; more would cost a tight loop too much. */
const mostSites = 1000;

/**
 * Invariants: every await of cell code that has not settled is in `pending`, which keeps its continuation alive
 * (Node 22 dies when the promise of an evaluation is collected before it settles). An await that was parked never
 * settles.
 */
export class AwaitRegistry {
  private readonly pending = new OwnSet<PendingAwait>();
  /** Set while an interrupt waits for code that polls the signal: awaits that settle now end the cell. */
  private ending: KeyboardInterrupt | undefined;
  private sites = 0;
  /** Where each of the running cell's own awaits stands, by its number: those outside of functions. */
  private readonly places = new OwnMap<number, AwaitSite>();
  /** The one of them that has not settled: there is one at most, since one follows on another. */
  private at: number | undefined;

  /**
   * @param resumed is called just before cell code goes on, with what `mark` returned when the await began.
   * @param resuming is called when that code is queued to go on in one of the next microtasks.
   */
  constructor(
    private readonly mark: () => number,
    private readonly resumed: (mark: number) => void,
    private readonly resuming: () => void = () => undefined,
  ) {}

  get size(): number {
    return this.pending.size;
  }

  /** The frame of the await at which the running cell stands; undefined when it stands at none. */
  get place(): string | undefined {
    return this.at === undefined ? undefined : this.places.get(this.at)?.frame;
  }

  /**
   * An interruptible `await value`; `place` is the number of one that stands outside of functions. Its promise is settled
   * by the very functions that `new Promise` gives, since V8 follows those from one awaiting function to the next when it
   * writes a stack.
   */
  readonly aw = (value: unknown, place?: number): unknown => {
    if (!isThenable(value)) return value;
    if (place !== undefined) this.standAt(place);
    const mark = this.mark();
    const site = this.sites++ < mostSites ? new AwaitSite() : undefined;
    return new OwnPromise((resolve, reject) => {
      const entry: PendingAwait = { reject };
      this.pending.add(entry);
      const settling = whenSettled(
        resolved(value),
        (result: unknown) => {
          if (!this.pending.delete(entry)) return unsettled();
          if (place !== undefined) this.at = undefined;
          this.resume(mark);
          if (this.ending) throw this.ending;
          return result;
        },
        (error: unknown) => {
          if (!this.pending.delete(entry)) return unsettled();
          if (place !== undefined) this.at = undefined;
          this.resume(mark);
          site?.addTo(error);
          throw error;
        },
      );
      whenSettled(settling, resolve, reject);
    });
  };

  /** In a loop a place is looked up once. */
  private standAt(place: number): void {
    if (!this.places.has(place)) this.places.set(place, new AwaitSite());
    this.at = place;
  }

  /** Its code goes on two microtasks later: what is queued so comes just before, whatever else is settled meanwhile. */
  private resume(mark: number): void {
    whenSettled(whenSettled(settled, nothing), () => {
      this.resumed(mark);
      this.resuming();
    });
  }

  /** An interruptible `for await (… of source)`. */
  readonly ait = (
    source: AsyncIterable<unknown> | Iterable<unknown>,
    place?: number,
  ): AsyncIterable<unknown> => {
    const make = (source as AsyncIterable<unknown>)[Symbol.asyncIterator];
    if (!make) return awaitEach(source as Iterable<unknown>, (value) => this.aw(value, place));
    const iterator = make.call(source);
    const aw = (value: unknown) => this.aw(value, place) as Promise<IteratorResult<unknown>>;
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => aw(iterator.next()),
        ...(iterator.return && { return: (value?: unknown) => aw(iterator.return?.(value)) }),
      }),
    };
  };

  /** From now on an await that settles well ends with `reason` all the same. */
  endThroughSignal(reason: KeyboardInterrupt): void {
    this.ending = reason;
  }

  /** Ends every pending await with `reason`. */
  rejectAll(reason: KeyboardInterrupt): void {
    const entries = [...this.pending];
    this.pending.clear();
    for (const entry of entries) entry.reject(reason);
  }

  /** Lets every pending await rest for ever: what waits there is abandoned. */
  park(): void {
    this.pending.clear();
  }

  /** The cell is over, and with it its interrupt. */
  calm(): void {
    this.ending = undefined;
    this.sites = 0;
    this.places.clear();
    this.at = undefined;
  }
}

/** Errors whose stack named no cell, and was given the places of the awaits they went through. */
const extended = new OwnWeakMap<object, true>();

/** Where an await stands, for errors that were made where V8 knows of no cell: in a callback of a socket's, say. */
class AwaitSite {
  private readonly trace: { stack?: string } = {};

  constructor() {
    const limit = OwnError.stackTraceLimit;
    // Nothing happens where a cell froze Error.
    setProperty(OwnError, "stackTraceLimit", 5);
    captureStack(this.trace, AwaitSite);
    setProperty(OwnError, "stackTraceLimit", limit);
  }

  /** The line of a stack that names it. */
  get frame(): string | undefined {
    const { stack } = this.trace;
    const frame =
      typeof stack === "string" ? stack.split("\n").find((line) => cellFrame.test(line)) : undefined;
    return frame?.replace(/^(\s*at )(async )?/, "$1async ");
  }

  /** Adds the cell's line to a stack that names no cell. Never throws: the await must end. */
  addTo(error: unknown): void {
    try {
      this.extend(error);
    } catch {
      // A Proxy whose traps throw, a getter: its stack stays as it is.
    }
  }

  private extend(error: unknown): void {
    if (!isA(error, OwnError) || typeof property(error, "stack") !== "string") return;
    if (cellFrame.test(error.stack as string) && !extended.has(error)) return;
    const { frame } = this;
    if (!frame) return;
    extended.set(error, true);
    const value = `${error.stack}\n${frame}`;
    // False where the stack cannot be changed.
    Reflect.defineProperty(error, "stack", { value, configurable: true, writable: true, enumerable: false });
  }
}

/** A promise that is collected with whoever waits for it. */
function unsettled(): Promise<never> {
  return new OwnPromise(() => undefined);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === "object" || typeof value === "function") &&
    typeof (value as { then?: unknown }).then === "function"
  );
}

async function* awaitEach(
  source: Iterable<unknown>,
  aw: (value: unknown) => unknown,
): AsyncGenerator<unknown> {
  for (const value of source) yield await aw(value);
}

/** Errors that no cell waits for: the first are told in full, the rest of a flood is counted. */

import { OwnMap } from "./intrinsics.js";
import { OwnWeakMap } from "./primordials.js";

/** So many are told in full in a period, of each cell. */
const most = 20;
/** Milliseconds. */
const period = 1000;

/** As they were before cells' timers were told apart. */
const native = { setImmediate, nextTick: process.nextTick.bind(process) };

/** Of one cell in this period. */
interface Flood {
  /** Told in full. */
  told: number;
  /** Only counted. */
  more: number;
}

/** Where an error was told last. */
interface Telling {
  readonly cell: number;
  /** While it goes on, what failed at the same time is still being told. */
  readonly during: Span;
}

/** Of the tellings that end together: one object, as a flood of 100,000 would otherwise end each for itself. */
interface Span {
  isOver: boolean;
}

/**
 * Invariant: what is not told in full is counted, and the count is told when the period ends. Formatting an error costs
 * 0.2 ms: in a flood of 100,000 the session would be deaf for 20 s.
 */
export class LateErrors {
  private readonly floods = new OwnMap<number, Flood>();
  private timer: NodeJS.Timeout | undefined;
  private readonly tellings = new OwnWeakMap<object, Telling>();
  private readonly spans: Record<"rejections" | "turn", Span> = {
    rejections: { isOver: true },
    turn: { isOver: true },
  };

  /**
   * @param write sends text on, below `cell`.
   * @param later Default: Node's own timer, whatever a cell made of the global one.
   */
  constructor(
    private readonly write: (cell: number, text: string) => void,
    private readonly later: (work: () => void, milliseconds: number) => NodeJS.Timeout = setTimeout,
  ) {}

  /**
   * Notes that `error` is told below `cell`, and says whether it was told there before: now, as that of another promise,
   * earlier, or never. A thrown text or number always counts as new.
   *
   * @param until how long it is now: while Node tells of the rejections it has gathered, or this turn of the event loop,
   * as they are told after the cell that failed with the same error.
   */
  noteTold(error: unknown, cell: number, until: "rejections" | "turn" = "turn"): "never" | "now" | "earlier" {
    if ((typeof error !== "object" || error === null) && typeof error !== "function") return "never";
    const before = this.tellings.get(error);
    if (before?.cell === cell && !before.during.isOver) return "now";
    this.tellings.set(error, { cell, during: this.span(until) });
    return before?.cell === cell ? "earlier" : "never";
  }

  private span(until: "rejections" | "turn"): Span {
    const going = this.spans[until];
    if (!going.isOver) return going;
    const begun = { isOver: false };
    this.spans[until] = begun;
    const end = () => {
      begun.isOver = true;
    };
    if (until === "turn") native.setImmediate(end);
    else native.nextTick(end);
    return begun;
  }

  /** One more error that was told in full before. */
  count(cell: number): void {
    this.floodOf(cell).more++;
  }

  /** @param text is asked for only when it is told. */
  tell(cell: number, text: () => string): void {
    const flood = this.floodOf(cell);
    if (flood.told >= most) {
      flood.more++;
      return;
    }
    flood.told++;
    this.write(cell, `${text()}\n`);
  }

  /** Ends the period: tells how many were not told. */
  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = undefined;
    this.floods.forEach(({ more }, cell) => {
      if (more > 0)
        this.write(cell, `… and ${more} more error${more === 1 ? "" : "s"} that nothing waited for\n`);
    });
    this.floods.clear();
  }

  private floodOf(cell: number): Flood {
    const flood = this.floods.get(cell) ?? { told: 0, more: 0 };
    this.floods.set(cell, flood);
    this.timer ??= this.later(() => this.flush(), period);
    return flood;
  }
}

/**
 * Which cell the code that runs now belongs to, so that output stays with its cell however late it comes.
 *
 * async_hooks would know, but they kill Node when an evaluation is terminated. So whoever calls cells' code says for
 * which cell (`enter` … `leave`, `within`): the runner, awaits, timers, listeners. Where nobody said, the stack names
 * the cell whose function was called back.
 */
import { resolved, whenSettled } from "./intrinsics.js";
import { asNumber, captureStack, isArray, match, OwnError, setProperty } from "./primordials.js";

const cellFile = /^cell-(-?\d+)\.tsx?$/;
/** Frames looked at; the function called back stands outermost. */
const deepest = 200;

/** As it was before cells could replace it. */
const native = { setImmediate };
const settled = resolved(undefined);
const nothing = () => undefined;

export class Attribution {
  /** The cell that runs; 0 for none. */
  running = 0;
  /** Where other threads see whose code runs; 0 while nobody said. */
  seen: Int32Array = new Int32Array(1);
  private last = 0;
  private said = false;
  private forgets = false;
  /** Counts `enter`s. */
  private turn = 0;

  /** 0 before the first cell. */
  get cell(): number {
    if (!this.said) this.last = outermostCell() ?? this.last;
    return this.last;
  }

  /** True while code runs of which it was said whose it is. */
  get known(): boolean {
    return this.said;
  }

  /** From now on code of `cell` runs. */
  enter(cell: number): void {
    this.last = cell;
    this.said = true;
    this.seen[0] = cell;
    this.turn++;
  }

  /**
   * For code that goes on after an await, in the microtask after this one. It ends there, unless other code was entered
   * meanwhile.
   */
  leaveSoon(): void {
    const { turn } = this;
    whenSettled(whenSettled(settled, nothing), () => {
      if (turn === this.turn) this.leave();
    });
  }

  /**
   * That code has ended. The promises it settled go on at once, and are taken to be the same cell's; what comes after
   * them is taken to be the running cell's.
   */
  leave(): void {
    this.said = false;
    this.seen[0] = 0;
    if (this.forgets || this.last === this.running) return;
    this.forgets = true;
    native.setImmediate(() => {
      this.forgets = false;
      if (!this.said && this.running !== 0) this.last = this.running;
    });
  }

  /** Runs `work` as code of `cell`; inside code of a known cell, such as one that emits an event, as that one's. */
  within<T>(cell: number, work: () => T): T {
    if (this.said) return work();
    this.enter(cell);
    try {
      return work();
    } finally {
      this.leave();
    }
  }
}

/** The cell of the outermost frame that lies in one. */
function outermostCell(): number | undefined {
  const { prepareStackTrace, stackTraceLimit } = OwnError;
  const trace: { stack?: unknown } = {};
  // Both fail where a cell froze Error, as hardened environments do: the text of fewer frames names the cell then.
  setProperty(OwnError, "stackTraceLimit", deepest);
  setProperty(OwnError, "prepareStackTrace", (_error: unknown, frames: unknown) => frames);
  try {
    captureStack(trace, outermostCell);
    return outermostOf(trace.stack);
  } finally {
    setProperty(OwnError, "stackTraceLimit", stackTraceLimit);
    setProperty(OwnError, "prepareStackTrace", prepareStackTrace);
  }
}

function outermostOf(stack: unknown): number | undefined {
  if (!isArray(stack)) {
    const found = [...String(stack).matchAll(/\bcell-(-?\d+)\.tsx?:\d+:\d+/g)].at(-1);
    return found && Number(found[1]);
  }
  for (let at = stack.length - 1; at >= 0; at--) {
    const found = match(cellFile, (stack[at] as NodeJS.CallSite).getScriptNameOrSourceURL() ?? "");
    if (found) return asNumber(found[1]);
  }
  return undefined;
}

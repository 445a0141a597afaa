/** What the main thread and the control thread share, so that an interrupt hits the cell it was meant for. */
import { uptime } from "node:os";

/** As they were before cells could replace them. */
const { load, store } = Atomics;
const { floor } = Math;

/** Indices into the shared `Int32Array`. */
export const slot = {
  /** The cell that runs now; 0 when none does. */
  running: 0,
  /** Counts up while the main thread is alive during an interrupt. */
  beat: 1,
  /** How often V8 was asked to end what runs. */
  terminations: 2,
  /** The last counted cell that began, and the last of the others, whose numbers go down: later ones are to come. */
  begun: 3,
  begunUncounted: 4,
  /** The cell whose code runs; 0 when that is not known, or none does. */
  code: 5,
  /** When that of `running` changed last, in hundredths of a second since the machine's start, cut to 32 bits. */
  since: 6,
  length: 7,
} as const;

export function interruptState(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * slot.length));
}

/** The main thread runs `cell` from now on; none if it is 0. */
export function noteRunning(state: Int32Array, cell: number): void {
  store(state, slot.since, floor(uptime() * 100));
  if (cell > 0) store(state, slot.begun, cell);
  if (cell < 0) store(state, slot.begunUncounted, cell);
  store(state, slot.running, cell);
}

/**
 * Whether an interrupt has nothing left to end.
 * @param cell the one it was meant for; 0 for whatever keeps the main thread between cells.
 * @param alive whether the main thread has given a sign of life since.
 */
export function isOver(state: Int32Array, cell: number, alive: boolean): boolean {
  const running = load(state, slot.running);
  // What kept the main thread between cells is over once a cell begins: that one nobody interrupted.
  if (cell === 0) return alive || running !== 0;
  return running !== cell && hasBegun(state, cell);
}

function hasBegun(state: Int32Array, cell: number): boolean {
  return cell > 0 ? load(state, slot.begun) >= cell : load(state, slot.begunUncounted) <= cell;
}

/** What the control thread tells the main thread: an interrupt, or a question for a sign of life (`slot.beat`). */
export type ControlNotice = InterruptNotice | "alive?";

export interface InterruptNotice {
  /** The cell to end; 0 when the front knows of none. */
  readonly interrupt: number;
  /** `slot.terminations` at that time. */
  readonly terminations: number;
}

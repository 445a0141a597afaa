/** What the main thread and the control thread share, so that an interrupt hits the cell it was meant for. */

/** Indices into the shared `Int32Array`. */
export const slot = {
  /** The cell that runs now; 0 when none does. */
  running: 0,
  /** Counts up while the main thread is alive during an interrupt. */
  beat: 1,
  /** How often V8 was asked to end what runs. */
  terminations: 2,
  length: 3,
} as const;

export function interruptState(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * slot.length));
}

/** What the control thread tells the main thread. */
export interface InterruptNotice {
  /** The cell to end; 0 when the front knows of none. */
  readonly interrupt: number;
  /** `slot.terminations` at that time. */
  readonly terminations: number;
}

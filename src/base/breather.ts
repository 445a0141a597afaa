/** Long loops let the event loop live: output, interrupts and live views go on while they run. */
import { Interrupted } from "./errors.js";

/** Longest time a loop keeps the event loop to itself, in milliseconds. */
const longestTurn = 50;

export interface Breather {
  /**
   * To be called once a turn of a loop. Cheap: gives the event loop a turn only when 50 ms went by.
   *
   * @throws Interrupted once one of the signals is aborted.
   */
  breathe(): Promise<void> | undefined;
}

/** @param signals abort what runs; see `host().signal()`. */
export function breather(...signals: readonly AbortSignal[]): Breather {
  let last = performance.now();
  const check = () => {
    if (signals.some((signal) => signal.aborted)) throw new Interrupted();
  };
  const turn = async () => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    last = performance.now();
    check();
  };
  return {
    breathe() {
      check();
      return performance.now() - last < longestTurn ? undefined : turn();
    },
  };
}

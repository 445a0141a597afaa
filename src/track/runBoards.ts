/**
 * The seam to whoever shows a run's board while it is recorded: the board does, which the tracker does not know.
 *
 * Invariant: at most one is installed; without one, runs show no board.
 */
import type { Run } from "./run.js";

export interface RunBoard {
  /** Something was recorded. Called very often. */
  changed(): void;
  /** The run has ended. */
  end(): void;
}

/** @param tags the regular expression that tags must fit; empty for all. Undefined where no board can be shown. */
export type BeginRunBoard = (run: Run, tags: string) => RunBoard | undefined;

let beginner: BeginRunBoard | undefined;

/** Makes `next` the one that begins boards and returns the one before. */
export function installRunBoards(next: BeginRunBoard | undefined): BeginRunBoard | undefined {
  const before = beginner;
  beginner = next;
  return before;
}

export function beginRunBoard(run: Run, tags: string): RunBoard | undefined {
  return beginner?.(run, tags);
}

/** The board that a run shows of itself while it is recorded. */
import { host } from "../base/host.js";
import type { Run, RunBoard } from "../track/index.js";
import { Board } from "./board.js";
import { BoardDisplay, type BoardDisplayOptions } from "./boardDisplay.js";
import { boardSettings } from "./options.js";

/** @param tags the regular expression that tags must fit; empty for all. */
export function runBoardDisplay(run: Run, tags: string, options?: BoardDisplayOptions): BoardDisplay {
  const settings = boardSettings(tags === "" ? {} : { tags, kind: "scalars" });
  return new BoardDisplay(new Board({ runs: [run.dir], sweeps: [] }, settings), options);
}

/** Ends it; why it cannot be shown is noted in the run. */
export function endOf(display: BoardDisplay, run: Run): Promise<void> {
  const failed = (error: Error) => run.problem(`the board could not be shown: ${error.message}`);
  return display.end(failed).catch(failed);
}

/**
 * Of a run logged by hand: drawn where something was logged, and left alone else. Undefined outside a notebook, where
 * nothing can be shown anew. A board that cannot be shown is noted in the run.
 */
export function beginRunBoard(run: Run, tags: string): RunBoard | undefined {
  if (host().kind !== "notebook") return undefined;
  const display = runBoardDisplay(run, tags, { whenChanged: true });
  return {
    changed: () => display.changed(),
    end: () => host().hold?.(endOf(display, run)),
  };
}

/** The board that a training shows while it goes on. */
import { host } from "./base/host.js";
import { Board } from "./board/board.js";
import { BoardDisplay } from "./board/boardDisplay.js";
import { boardSettings } from "./board/options.js";
import type { Run } from "./track/index.js";

/** Ends it: resolves when its last state is shown. Never rejects: a board that fails is no failure of a training. */
export type EndBoard = () => Promise<void>;

/**
 * In a notebook alone: elsewhere nothing can be shown anew.
 *
 * @param tags the regular expression that tags must fit; empty for all, undefined for no board
 */
export function beginBoard(run: Run | undefined, tags: string | undefined): EndBoard {
  if (!run || tags === undefined || host().kind !== "notebook") return async () => {};
  const settings = boardSettings(tags === "" ? {} : { tags, kind: "scalars" });
  const display = new BoardDisplay(new Board({ runs: [run.dir], sweeps: [] }, settings));
  return async () => {
    try {
      await display.end();
    } catch (error) {
      run.problem(`the board could not be shown: ${(error as Error).message}`);
    }
  };
}

/** The board that a training shows while it goes on. */
import { host } from "./base/host.js";
import { endOf, runBoardDisplay } from "./board/runBoard.js";
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
  const display = runBoardDisplay(run, tags, { signal: host().signal() });
  return () => endOf(display, run);
}

/** Whether a training shows its run's board while it goes on. */
import { boardTags } from "../base/boardTags.js";
import { shown } from "../base/shown.js";

/**
 * @returns `board`: the regular expression that tags must fit, empty for all; none where no board is asked for
 * @throws TypeError for another kind of value, or where nothing is recorded; SyntaxError for a bad regular expression.
 */
export function boardOf(board: unknown, isRecorded: boolean): { board?: string } {
  if (board !== undefined && typeof board !== "string" && typeof board !== "boolean")
    throw new TypeError(
      `fit needs board to be true, false or a regular expression as a text; it was given ${shown(board)}`,
    );
  const tags = boardTags("fit needs board to be a regular expression", board);
  if (tags === undefined) return {};
  if (!isRecorded)
    throw new TypeError("fit needs a run to show its board; it was given track: false beside board");
  return { board: tags };
}

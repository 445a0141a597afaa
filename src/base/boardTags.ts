import { regularExpression } from "./regularExpression.js";

/**
 * The option `board` of who records a run: the regular expression that tags must fit, empty for all; undefined where no
 * board is asked for.
 *
 * @param needs how the message begins, such as `fit needs board to be a regular expression`
 * @throws SyntaxError for a text that is none.
 */
export function boardTags(needs: string, board: boolean | string | undefined): string | undefined {
  if (board === undefined || board === false) return undefined;
  if (board === true) return "";
  regularExpression(needs, board);
  return board;
}

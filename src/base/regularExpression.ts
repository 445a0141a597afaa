import { shown } from "./shown.js";
import { typedExpression } from "./typedExpression.js";

/**
 * What a person gives as a regular expression, to look with it at texts one by one: `g` and `y`, by which an expression
 * remembers where it was, are left out. In a text case counts where a capital is typed, in an expression as its flags say.
 *
 * @param needs how the message begins, such as `board needs tags to be a regular expression`
 * @throws SyntaxError for a text that is none, TypeError for what is no text either.
 */
export function regularExpression(needs: string, given: string | RegExp): RegExp {
  if (given instanceof RegExp) return new RegExp(given.source, given.flags.replace(/[gy]/g, ""));
  if (typeof given !== "string") throw new TypeError(`${needs}; it was given ${shown(given)}`);
  try {
    return typedExpression(given);
  } catch (error) {
    throw new SyntaxError(`${needs}; ${(error as Error).message}`);
  }
}

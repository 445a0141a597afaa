/**
 * Which member was meant by one that a value or a module lacks. TypeScript proposes none for short names, in which two
 * neighbours changed places, as in `models.mpl`.
 */
import { nearestName } from "../../src/base/nearestName.js";
import type { Diagnostic } from "./diagnostics.js";

/** Faults of a cell for which members are looked at: each costs a question. */
const MOST_ASKED = 5;

/** The names that may stand at a place of the cell: 1-based, column in UTF-16 units. */
export type NamesAt = (line: number, column: number) => Promise<readonly string[]>;

/** Adds the nearest member, in TypeScript's words and under its numbers for it, where it proposes none itself. */
export async function withMeantMembers(
  diagnostics: readonly Diagnostic[],
  namesAt: NamesAt,
): Promise<Diagnostic[]> {
  let asked = 0;
  const told: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const wrong = missingMember(diagnostic);
    const near =
      // Of a name of one or two letters every other is near: none is meant.
      wrong === undefined || wrong.length < 3 || asked++ >= MOST_ASKED
        ? undefined
        : nearestName(wrong, await namesAt(diagnostic.line, diagnostic.column));
    told.push(near === undefined ? diagnostic : proposing(near, diagnostic));
  }
  return told;
}

const PROPERTY = 2339;
const EXPORT = 2305;

function missingMember({ code, message }: Diagnostic): string | undefined {
  // Of a value that was not awaited the hint is another.
  if (code === PROPERTY)
    return /^Property '([\w$]+)' does not exist on type '(?!Promise<).*'\.$/.exec(message)?.[1];
  return code === EXPORT ? /^Module '.*' has no exported member '([\w$]+)'\.$/.exec(message)?.[1] : undefined;
}

function proposing(near: string, diagnostic: Diagnostic): Diagnostic {
  const code = diagnostic.code === PROPERTY ? 2551 : 2724;
  return { ...diagnostic, code, message: `${diagnostic.message} Did you mean '${near}'?` };
}

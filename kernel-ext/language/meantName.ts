/**
 * Which name was meant by one that nothing has. TypeScript looks for it in the cell's document, which holds no names of
 * other cells but those that the cell uses, and many globals that nobody means.
 */
import { editDistance, nearest } from "../magics/nearest.js";
import type { Diagnostic } from "./diagnostics.js";

/** What notebooks import from tunelab. */
export const LIBRARY_NAMES = [
  ..."tf fit data models schedules sweep track runs board doctor evaluate lrFinder compareRuns bestRuns".split(
    " ",
  ),
  ..."adadelta adafactor adagrad adam adamax adamw ema lamb lars lion lookahead nadam radam rmsprop sam sgd".split(
    " ",
  ),
];

/** @param names Of values: the cell's own, and those of earlier cells. */
export function withMeantName(diagnostic: Diagnostic, names: readonly string[]): Diagnostic {
  const [, wrong, proposed] =
    /^Cannot find name '([\w$]+)'\.(?: Did you mean '([\w$]+)'\?)?$/.exec(diagnostic.message) ?? [];
  if (wrong === undefined || (diagnostic.code !== 2304 && diagnostic.code !== 2552)) return diagnostic;
  if (LIBRARY_NAMES.includes(wrong)) return { ...diagnostic, ...importHint(wrong) };
  const own = near(wrong, names);
  const library = near(wrong, LIBRARY_NAMES);
  // The first of equals: the person's own before the library's, both before a global.
  const meant = [own, library, proposed]
    .filter((name) => name !== undefined)
    .sort((a, b) => distance(wrong, a) - distance(wrong, b))[0];
  if (meant === undefined) return diagnostic;
  return {
    ...diagnostic,
    code: 2552,
    message: `Cannot find name '${wrong}'. Did you mean '${meant}'?`,
    ...(meant !== own && meant === library ? importHint(meant) : {}),
  };
}

function importHint(name: string): { hint: string } {
  return { hint: `import { ${name} } from "tunelab" brings ${name}` };
}

/** Of a name of one or two letters every other is near: none is meant. */
function near(wrong: string, names: readonly string[]): string | undefined {
  return wrong.length < 3 ? undefined : nearest(wrong, names);
}

const distance = (a: string, b: string): number => editDistance(a.toLowerCase(), b.toLowerCase());

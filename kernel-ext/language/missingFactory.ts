/** JSX without the function that makes its elements, in words that say what to do. */
import type { Diagnostic } from "./diagnostics.js";

/** Of an element; the fragment's is another number. */
const FACTORY_MISSING = 2874;
const FRAGMENT_MISSING = 2879;

/** Whether the checker found no function for an element or a fragment. */
export function isMissingFactory({ code }: Diagnostic): boolean {
  return code === FACTORY_MISSING || code === FRAGMENT_MISSING;
}

/** Of the checker's errors at every element one for each name that is called and nothing has, at the first of them. */
export function missingFactories(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const told = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const name = isMissingFactory(diagnostic) ? /'([^']+)'/.exec(diagnostic.message)?.[1] : undefined;
    if (name !== undefined && !told.has(name)) told.set(name, asOurs(name, diagnostic));
  }
  return [...told.values()];
}

function asOurs(name: string, diagnostic: Diagnostic): Diagnostic {
  return {
    ...diagnostic,
    code: FACTORY_MISSING,
    message: `JSX calls '${name}', which nothing here has.`,
    hint: `declare or import ${name}, name another function by /** @jsx name */ in the cell, or set jsx and jsxImportSource in tsconfig.json`,
  };
}

/** What is meant by a name, or a pattern with `*` and `?`, of things that people name and that have ids beside it. */
import { globExpression } from "./globExpression.js";

export interface Called {
  /** What people call it. */
  readonly names: readonly string[];
  /** Its id, and its folder's name, in which the id is. */
  readonly ids: readonly string[];
}

/** Whether it stands for more than itself. */
export function isGlob(word: string): boolean {
  return /[*?]/.test(word);
}

/**
 * A word without wildcard fits names and ids. A pattern fits names; ids only where it fits no name: `mlp-*` would fit the
 * folder `mlp-3k9q2m7x` of a run called `mlp` as well.
 */
export function fittingGlob<T>(word: string, things: readonly T[], called: (thing: T) => Called): T[] {
  const expression = globExpression(word);
  const fits = (texts: readonly string[]) => texts.some((text) => expression.test(text));
  const byName = things.filter((thing) => fits(called(thing).names));
  if (isGlob(word) && byName.length > 0) return byName;
  const named = new Set(byName);
  return things.filter((thing) => named.has(thing) || fits(called(thing).ids));
}

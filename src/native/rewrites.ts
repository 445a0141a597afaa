/** What this library computes in another way than TensorFlow.js does, with the same numbers; each can be left out. */
import { nearestName } from "../base/nearestName.js";

/** Those that change what is called while a step is traced, then those of the ops that were noted. */
export const rewriteNames = [
  "tile",
  "activations",
  "missingGradients",
  "layerNorm",
  "batchNorm",
  "lstm",
  "crossEntropy",
  "updates",
  "products",
  "identities",
  "duplicates",
  "constants",
  "dead",
] as const;
export type RewriteName = (typeof rewriteNames)[number];

let leftOut: ReadonlySet<RewriteName> = new Set();

/** Whether a rewrite is in force. */
export function applies(name: RewriteName): boolean {
  return !leftOut.has(name);
}

/**
 * Runs `compute` without some of the rewrites: to measure what each gives, and to hold it to what it replaces. What was
 * captured before keeps its own.
 *
 * @throws RangeError for a name that is none of a rewrite.
 * @example withoutRewrites(["tile"], () => captureGraph(build))
 */
export function withoutRewrites<T>(names: readonly RewriteName[], compute: () => T): T {
  for (const name of names) requireKnown(name);
  const before = leftOut;
  leftOut = new Set([...before, ...names]);
  try {
    return compute();
  } finally {
    leftOut = before;
  }
}

function requireKnown(name: string): void {
  if (rewriteNames.some((known) => known === name)) return;
  const nearest = nearestName(name, rewriteNames);
  throw new RangeError(
    `a rewrite to leave out must be one of ${rewriteNames.join(", ")}, but is "${name}"${nearest === undefined ? "" : `: "${nearest}" is near`}`,
  );
}

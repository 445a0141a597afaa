import { visibleControls } from "../base/visibleControls.js";

/** Where a problem is told unless said otherwise: in one line, of names and paths that may hold anything. */
export function warnOnStandardError(sentence: string): void {
  console.warn(`tunelab: ${visibleControls(sentence)}`);
}

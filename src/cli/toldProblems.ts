/** What a verb left out, said at its end. */
import { visibleControls } from "../base/visibleControls.js";

const mostTold = 20;

/** Says the first of them on standard error, and gives the exit code: 1 if there is any. */
export function toldProblems(problems: readonly string[]): number {
  for (const sentence of problems.slice(0, mostTold))
    process.stderr.write(`tunelab: ${visibleControls(sentence)}\n`);
  const rest = problems.length - mostTold;
  if (rest > 0) process.stderr.write(`tunelab: ${rest} more of the kind\n`);
  return problems.length > 0 ? 1 : 0;
}

/**
 * What could not be recorded, in sentences, as a run's record keeps it.
 *
 * A sentence is kept once and their number is bounded, so that what fails at every step does not fill run.json; the last
 * entry counts the rest.
 */

/** How many a run keeps; what is more is told and counted, but not kept. */
export const mostProblems = 100;

/** Characters of one that are kept. */
const longest = 2000;

const rest = (count: number) =>
  `${count} more ${count === 1 ? "problem was" : "problems were"} told, the same again or beyond the ${mostProblems} that are kept`;
const restForm = /^(\d+) more problems? (?:was|were) told, the same again or beyond the \d+ that are kept$/;

/** The entries with one more. */
export function withProblem(problems: readonly string[], sentence: string): readonly string[] {
  const count = Number(restForm.exec(problems.at(-1) ?? "")?.[1] ?? 0);
  const kept = count > 0 ? problems.slice(0, -1) : problems;
  const short = sentence.length <= longest ? sentence : `${sentence.slice(0, longest)}…`;
  if (kept.length >= mostProblems || kept.includes(short)) return [...kept, rest(count + 1)];
  return [...kept, short, ...(count > 0 ? [rest(count)] : [])];
}

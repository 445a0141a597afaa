/** The doctor's verdicts as flags of a chart: which of them have room, and what they are called. */
import type { BoardVerdict } from "./verdicts.js";

export interface VerdictFlag {
  readonly verdict: BoardVerdict;
  /** Of which this is said at this place. */
  readonly runs: readonly string[];
}

/** On a chart; of more nobody could read the names. */
export const mostFlags = 4;

const severities: readonly BoardVerdict["severity"][] = ["error", "warning", "info"];

/** Causes before what follows from them, the worst first; how many more there are is written below them. */
export function flagsWithRoom<F extends VerdictFlag>(flags: readonly F[]): { shown: F[]; rest: F[] } {
  const rank = ({ verdict }: F) =>
    (verdict.follows === undefined ? 0 : severities.length) + severities.indexOf(verdict.severity);
  const ordered = flags.toSorted((a, b) => rank(a) - rank(b));
  return { shown: ordered.slice(0, mostFlags), rest: ordered.slice(mostFlags) };
}

/** `Overfit`, `Overfit ×3`; in a chart of several runs `Overfit · baseline`. */
export function flagName({ verdict, runs }: VerdictFlag, ofSeveral: boolean): string {
  if (runs.length > 1) return `${verdict.problem} ×${runs.length}`;
  return ofSeveral ? `${verdict.problem} · ${runs[0]}` : verdict.problem;
}

/** The doctor's verdicts that stand in a chart of scalars. */
import type { CatalogueRun } from "../source/catalogue.js";
import { type BoardVerdict, countsEpochs, verdictIndex } from "../verdicts.js";
import type { Line } from "./lines.js";

export interface Flag {
  readonly verdict: BoardVerdict;
  /** Of which this is said at this place. */
  readonly runs: readonly string[];
  /** On the horizontal axis, in its units. */
  readonly x: number;
}

/** Those whose evidence is one of the lines; one of several runs at one place is one flag. */
export function flagsOf(
  lines: readonly Line[],
  runs: readonly Pick<CatalogueRun, "label" | "verdicts">[],
): Flag[] {
  const flags = new Map<string, Flag>();
  for (const { label, verdicts = [] } of runs)
    for (const verdict of verdicts) {
      const line = lines.find(({ run, tag }) => run === label && verdict.tags.includes(tag));
      const at = line ? verdictIndex(verdict, line, countsEpochs(line.tag)) : -1;
      if (!line || at < 0) continue;
      const x = line.x[at] as number;
      const key = `${verdict.problem} ${verdict.severity} ${x}`;
      const before = flags.get(key);
      flags.set(key, {
        verdict: before?.verdict ?? verdict,
        runs: [...(before?.runs ?? []), label],
        x,
      });
    }
  return [...flags.values()];
}

/** `Overfit`, `Overfit ×3`. */
export function flagName({ verdict, runs }: Pick<Flag, "verdict" | "runs">): string {
  return `${verdict.problem}${runs.length > 1 ? ` ×${runs.length}` : ""}`;
}

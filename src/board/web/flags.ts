/** The doctor's verdicts that stand in a chart of scalars. */
import type { CatalogueRun } from "../source/catalogue.js";
import { flagName, type VerdictFlag } from "../verdictFlags.js";
import { countsEpochs, verdictIndex } from "../verdicts.js";
import type { Line } from "./lines.js";

export interface Flag extends VerdictFlag {
  /** On the horizontal axis, in its units. */
  readonly x: number;
  /** What it is called in this chart. */
  readonly name: string;
  /** Of its run, where it is that of one of several. */
  readonly colour?: string;
}

/** Those whose evidence is one of the lines; one of several runs at one place is one flag. */
export function flagsOf(
  lines: readonly Line[],
  runs: readonly Pick<CatalogueRun, "label" | "verdicts">[],
): Flag[] {
  const flags = new Map<string, VerdictFlag & { readonly x: number }>();
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
  const colours = new Map(lines.map(({ run, colour }) => [run, colour]));
  const ofSeveral = colours.size > 1;
  return [...flags.values()].map((flag) => {
    const colour = ofSeveral && flag.runs.length === 1 ? colours.get(flag.runs[0] as string) : undefined;
    return { ...flag, name: flagName(flag, ofSeveral), ...(colour !== undefined && { colour }) };
  });
}

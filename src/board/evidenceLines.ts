/** The lines of a verdict's chart: which series, and in which colours. */

import type { RunData } from "../track/runData.js";
import { withoutOverwritten } from "../track/withoutOverwritten.js";
import { keepExtremes } from "./downsample.js";
import { runColour } from "./palette.js";
import { groupTags, layerGroups, prefixOf, restOf } from "./tagGroups.js";

export interface EvidenceLine {
  readonly tag: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** Undefined of a line that is there to compare with: another layer's. */
  readonly colour: string | undefined;
}

/** Points of a line at most. */
const budget = 200;
const most = { named: 3, others: 12 } as const;

/**
 * Of the evidence's series those that the board draws in one chart with the first: of a layer's all weights of that name,
 * of a loss its validation too. The evidence's own last, so that they lie on top. Empty without a series of two points.
 */
export function evidenceLines(run: RunData, evidence: readonly string[]): EvidenceLine[] {
  const isDrawn = (tag: string) => (run.scalars.get(tag)?.values.length ?? 0) > 1;
  const first = evidence.find(isDrawn);
  if (first === undefined) return [];
  const prefix = prefixOf(first);
  const all = [...run.scalars.keys()].filter(isDrawn);
  if (layerGroups.includes(prefix)) {
    const named = evidence.filter((tag) => isDrawn(tag) && prefixOf(tag) === prefix).slice(0, most.named);
    const others = all.filter(
      (tag) => prefixOf(tag) === prefix && weightOf(tag) === weightOf(first) && !named.includes(tag),
    );
    return [...others.slice(0, most.others).map((tag) => lineOf(run, tag)), ...coloured(run, named)];
  }
  const charts = groupTags(all).flatMap(({ charts }) => charts);
  return coloured(run, charts.find(({ tags }) => tags.includes(first))?.tags ?? [first]);
}

/** `kernel` of `gradientL2/hidden_1/kernel`. */
function weightOf(tag: string): string {
  const rest = restOf(tag);
  return rest.includes("/") ? rest.slice(rest.lastIndexOf("/")) : "";
}

function coloured(run: RunData, tags: readonly string[]): EvidenceLine[] {
  return tags.map((tag, i) => ({ ...lineOf(run, tag), colour: runColour(i) }));
}

function lineOf(run: RunData, tag: string): EvidenceLine {
  const { steps, values } = withoutOverwritten(run.scalars.get(tag)!);
  const kept = keepExtremes(steps, values, budget);
  const take = (from: Float64Array) => kept.map((index) => from[index] as number);
  return { tag, steps: take(steps), values: take(values), colour: undefined };
}

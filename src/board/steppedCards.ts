/** Cards of what was recorded at several steps: one for each chart, with the same chart of the other steps behind it. */
import type { Spec } from "./inlineData.js";
import type { CardSteps } from "./section.js";

export interface StepCard {
  /** Of the newest step that has the chart. */
  readonly card: Spec;
  /** Where there are several. */
  readonly steps?: CardSteps | undefined;
}

/**
 * @param recorded the newest first
 * @param charts of one step, by names that are the same at each
 */
export function steppedCards<Recorded extends { readonly step: number }>(
  recorded: readonly Recorded[],
  charts: (one: Recorded) => readonly (readonly [name: string, spec: Spec])[],
): StepCard[] {
  const byName = new Map<string, { readonly step: number; readonly spec: Spec }[]>();
  for (const one of withoutRestarted(recorded))
    for (const [name, spec] of charts(one))
      byName.set(name, [{ step: one.step, spec }, ...(byName.get(name) ?? [])]);
  return [...byName].map(([name, found]) => ({
    card: found.at(-1)?.spec as Spec,
    ...(found.length > 1 && {
      steps: { name, steps: found.map(({ step }) => step), specs: found.map(({ spec }) => spec) },
    }),
  }));
}

/** Where the step fell back what came before from there on was written anew. */
function withoutRestarted<Recorded extends { readonly step: number }>(
  newestFirst: readonly Recorded[],
): Recorded[] {
  let least = Number.POSITIVE_INFINITY;
  return newestFirst.filter(({ step }) => {
    const isEarlier = step < least;
    least = Math.min(least, step);
    return isEarlier;
  });
}

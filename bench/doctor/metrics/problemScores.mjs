import { meanOf } from "../meanOf.mjs";
import { problems } from "../problems.mjs";

/**
 * Of each of the 17 problems how often it was rightly named (`tp`), wrongly (`fp`) and missed (`fn`), with precision, recall and F1.
 *
 * Of a run whose musts are several each one that is named is right; if none is, the first is missed. What may be named counts
 * neither way, and whatever else is named counts as wrong, symptoms of another verdict too unless `symptoms` is false.
 *
 * @returns by problem; a figure whose denominator is 0 is NaN, and F1 of a problem that no run has and nobody named is NaN
 */
export function problemScores(all, { symptoms = true } = {}) {
  const scores = Object.fromEntries(Object.keys(problems).map((name) => [name, { tp: 0, fp: 0, fn: 0 }]));
  for (const run of all) {
    const named = new Set(
      run.alarms.filter(({ problem }) => problem !== undefined).map(({ problem }) => problem),
    );
    const roots = new Set(run.alarms.filter(({ follows }) => !follows).map(({ problem }) => problem));
    const right = run.must.filter((problem) => named.has(problem));
    for (const problem of right) scores[problem].tp++;
    if (run.must.length > 0 && right.length === 0) scores[run.must[0]].fn++;
    for (const problem of named)
      if (!run.must.includes(problem) && !run.may.includes(problem) && (symptoms || roots.has(problem)))
        scores[problem].fp++;
  }
  return Object.fromEntries(
    Object.entries(scores).map(([name, counts]) => [name, { ...counts, ...ratios(counts) }]),
  );
}

/** Mean of F1 over the problems that a run has or somebody named. */
export function macroF1(scores) {
  const defined = Object.values(scores)
    .map(({ f1 }) => f1)
    .filter((f1) => !Number.isNaN(f1));
  return meanOf(defined);
}

function ratios({ tp, fp, fn }) {
  return { precision: tp / (tp + fp), recall: tp / (tp + fn), f1: (2 * tp) / (2 * tp + fp + fn) };
}

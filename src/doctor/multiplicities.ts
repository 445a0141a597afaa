/**
 * Whether rows are equal because somebody copied them, by how often each one occurs.
 *
 * Of rows that are drawn one by one from whatever there is, the number of those that occur k times, f_k, is on average a mixture of
 * Poisson distributions (Good, Biometrika 1953), of which k! f_k is log-convex in k: f_{k−1} f_{k+1} ≥ f_k² k / (k + 1). Where rows are equal
 * by chance some occur three times if many occur twice. Copies occur as often as they were made: rows that were all put in twice
 * leave f_3 = 0. Whatever the rows are drawn from, that is no chance.
 */

/** Standard errors by which counts may differ from their means. */
const errors = 3;
/** Rows that are all common to a table of a few cells may have been laid out so. */
const leastDistinct = 200;

/** How often each of the distinct rows occurs. */
export function areCopied(occurrences: Iterable<number>): boolean {
  const counts = new Map<number, number>();
  let distinct = 0;
  for (const times of occurrences) {
    counts.set(times, (counts.get(times) ?? 0) + 1);
    distinct++;
  }
  const of = (times: number) => counts.get(times) ?? 0;
  const breaks = ([times, count]: [number, number]) =>
    times > 1 && most(of(times - 1)) * most(of(times + 1)) < (least(count) ** 2 * times) / (times + 1);
  return distinct >= leastDistinct && [...counts].some(breaks);
}

/** Bounds of the mean of a count: its root has a standard error of a half. */
function most(count: number): number {
  return (Math.sqrt(count + 1) + errors / 2) ** 2;
}

function least(count: number): number {
  return Math.max(0, Math.sqrt(count) - errors / 2) ** 2;
}

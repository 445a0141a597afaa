/** How a budget is divided where not all that is wanted fits. */

/** The most that each may take such that all fit the budget; who wants less leaves the rest to the others. Infinite where all fits. */
export function fairShare(budget: number, wanted: readonly number[]): number {
  let left = budget;
  const sorted = [...wanted].sort((a, b) => a - b);
  for (const [i, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - i));
    if (length > share) return share;
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}

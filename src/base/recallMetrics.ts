/** The names under which an epoch's recalls of the validation's classes are recorded, and their values. */

/** Of more classes nobody reads each one's. */
export const mostRecalls = 20;

export const balancedAccuracy = "valBalancedAccuracy";
export const leastRecall = "valLeastRecall";

/** Of one class, by its label. */
export function recallOf(label: number): string {
  return `valRecall/${label}`;
}

/** @param recalls of the classes in order of their labels; NaN of one without samples, which counts for nothing */
export function recallMetrics(recalls: readonly number[]): Record<string, number> {
  const known = [...recalls.entries()].filter(([, recall]) => !Number.isNaN(recall));
  if (known.length === 0) return {};
  const values = known.map(([, recall]) => recall);
  const each = recalls.length > mostRecalls ? [] : known;
  return {
    [balancedAccuracy]: values.reduce((sum, recall) => sum + recall, 0) / values.length,
    [leastRecall]: values.reduce((least, recall) => Math.min(least, recall)),
    ...Object.fromEntries(each.map(([label, recall]) => [recallOf(label), recall])),
  };
}

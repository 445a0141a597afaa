/** The counts of a confusion matrix, however they are kept. */
import type { ClassificationContent, SparseClassification } from "../base/evaluationContent.js";

export type CountedClasses =
  | Pick<ClassificationContent, "classNames" | "counts">
  | Pick<SparseClassification, "classNames" | "sparseCounts">;

/** Calls `take` for each count that is not 0, row by row. */
export function eachCount(
  matrix: CountedClasses,
  take: (count: number, label: number, predicted: number) => void,
): void {
  if ("sparseCounts" in matrix)
    matrix.sparseCounts.forEach((pairs, label) => {
      for (let i = 0; i < pairs.length; i += 2) take(pairs[i + 1] as number, label, pairs[i] as number);
    });
  else
    matrix.counts.forEach((row, label) => {
      row.forEach((count, predicted) => {
        if (count !== 0) take(count, label, predicted);
      });
    });
}

/** Of each class. */
export function samplesOf(matrix: CountedClasses): number[] {
  const samples = matrix.classNames.map(() => 0);
  eachCount(matrix, (count, label) => {
    samples[label] = (samples[label] as number) + count;
  });
  return samples;
}

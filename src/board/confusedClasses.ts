/** Of a confusion matrix with more classes than can be drawn those that are mistaken most. */
import type { ClassificationContent } from "../base/evaluationContent.js";

export interface ConfusionMatrix extends Pick<ClassificationContent, "classNames" | "counts"> {
  /** Where classes were left out: how many there were, and the samples of each that stayed. */
  readonly whole?: { readonly classes: number; readonly samples: readonly number[] };
}

/** In their order, at most `most` of those that took part in most mistakes, on either side. All where they are no more. */
export function confusedClasses<M extends ConfusionMatrix>(matrix: M, most: number): M & ConfusionMatrix {
  const { classNames, counts, whole } = matrix;
  if (classNames.length <= most) return matrix;
  const wrong = mistakes(counts);
  const kept = counts
    .map((_, k) => k)
    .sort((a, b) => (wrong[b] as number) - (wrong[a] as number))
    .slice(0, most)
    .sort((a, b) => a - b);
  const samples = whole?.samples ?? counts.map(sumOf);
  return {
    ...matrix,
    classNames: kept.map((k) => classNames[k] as string),
    counts: kept.map((t) => kept.map((p) => counts[t]?.[p] as number)),
    whole: {
      classes: whole?.classes ?? classNames.length,
      samples: kept.map((t) => samples[t] as number),
    },
  };
}

/** Of each class the samples that were taken for another, and those of others that were taken for it. */
function mistakes(counts: ConfusionMatrix["counts"]): Float64Array {
  const wrong = new Float64Array(counts.length);
  counts.forEach((row, t) => {
    row.forEach((n, p) => {
      if (n === 0 || t === p) return;
      wrong[t] = (wrong[t] as number) + n;
      wrong[p] = (wrong[p] as number) + n;
    });
  });
  return wrong;
}

export function sumOf(row: readonly number[]): number {
  return row.reduce((sum, n) => sum + n, 0);
}

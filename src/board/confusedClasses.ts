/** Of a confusion matrix with more classes than can be drawn those that are mistaken most. */
import type { ClassificationContent } from "../base/evaluationContent.js";
import { type Confusion, largestConfusions, sumOf } from "./largestConfusions.js";

export interface ConfusionMatrix extends Pick<ClassificationContent, "classNames" | "counts"> {
  /** Where classes were left out. */
  readonly whole?: WholeMatrix;
}

/** Of the matrix that classes were left out of: how many it had, and what is known of each that stayed. */
export interface WholeMatrix {
  readonly classes: number;
  readonly samples: readonly number[];
  /** Its samples that were taken for another class, and those of others that were taken for it. */
  readonly mistakes: readonly number[];
  /** Of all its classes the largest, the largest first. */
  readonly confusions: readonly Confusion[];
}

/** So many stay known of a matrix that classes were left out of. */
export const keptConfusions = 20;

/** In their order, at most `most` of those that took part in most mistakes, on either side. All where they are no more. */
export function confusedClasses<M extends ConfusionMatrix>(matrix: M, most: number): M & ConfusionMatrix {
  const { classNames, counts, whole } = matrix;
  if (classNames.length <= most) return matrix;
  const { samples, mistakes, confusions } = whole ?? {
    samples: counts.map(sumOf),
    mistakes: mistakesOf(counts),
    confusions: largestConfusions(matrix, keptConfusions),
  };
  const kept = counts
    .map((_, k) => k)
    .sort((a, b) => (mistakes[b] as number) - (mistakes[a] as number))
    .slice(0, most)
    .sort((a, b) => a - b);
  return {
    ...matrix,
    classNames: kept.map((k) => classNames[k] as string),
    counts: kept.map((t) => kept.map((p) => counts[t]?.[p] as number)),
    whole: {
      classes: whole?.classes ?? classNames.length,
      samples: kept.map((k) => samples[k] as number),
      mistakes: kept.map((k) => mistakes[k] as number),
      confusions,
    },
  };
}

/** At most `most` of its largest, and of those known where classes were left out. */
export function confusionsOf(matrix: ConfusionMatrix, most: number): readonly Confusion[] {
  return matrix.whole?.confusions.slice(0, most) ?? largestConfusions(matrix, most);
}

function mistakesOf(counts: ConfusionMatrix["counts"]): number[] {
  const wrong = counts.map(() => 0);
  counts.forEach((row, t) => {
    row.forEach((n, p) => {
      if (n === 0 || t === p) return;
      wrong[t] = (wrong[t] as number) + n;
      wrong[p] = (wrong[p] as number) + n;
    });
  });
  return wrong;
}

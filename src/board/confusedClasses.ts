/** Of a confusion matrix with more classes than can be drawn those that are mistaken most. */
import type { ClassificationContent, SparseClassification } from "../base/evaluationContent.js";
import { type CountedClasses, eachCount, samplesOf } from "./eachCount.js";
import { type Confusion, largestConfusions } from "./largestConfusions.js";

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
  return matrix.classNames.length <= most ? matrix : { ...matrix, ...mostConfused(matrix, most) };
}

/** As `confusedClasses`, with a matrix of what is drawn alone, of one that was never whole. */
export function confusedContent(
  content: ClassificationContent | SparseClassification,
  most: number,
): ClassificationContent & ConfusionMatrix {
  if (!("sparseCounts" in content)) return confusedClasses(content, most);
  const { sparseCounts: _, ...rest } = content;
  return { ...rest, ...mostConfused(content, most) };
}

function mostConfused(
  matrix: CountedClasses & Pick<ConfusionMatrix, "whole">,
  most: number,
): Required<ConfusionMatrix> {
  const { classNames, whole } = matrix;
  const { samples, mistakes, confusions } = whole ?? {
    samples: samplesOf(matrix),
    mistakes: mistakesOf(matrix),
    confusions: largestConfusions(matrix, keptConfusions),
  };
  const kept = classNames
    .map((_, k) => k)
    .sort((a, b) => (mistakes[b] as number) - (mistakes[a] as number))
    .slice(0, most)
    .sort((a, b) => a - b);
  return {
    classNames: kept.map((k) => classNames[k] as string),
    counts: countsAmong(matrix, kept),
    whole: {
      classes: whole?.classes ?? classNames.length,
      samples: kept.map((k) => samples[k] as number),
      mistakes: kept.map((k) => mistakes[k] as number),
      confusions,
    },
  };
}

/** The counts of classes among themselves. */
function countsAmong(matrix: CountedClasses, classes: readonly number[]): number[][] {
  const places = new Map(classes.map((k, place) => [k, place]));
  const counts = classes.map(() => classes.map(() => 0));
  eachCount(matrix, (count, label, predicted) => {
    const row = counts[places.get(label) ?? -1];
    const column = places.get(predicted);
    if (row && column !== undefined) row[column] = count;
  });
  return counts;
}

/** At most `most` of its largest, and of those known where classes were left out. */
export function confusionsOf(matrix: ConfusionMatrix, most: number): readonly Confusion[] {
  return matrix.whole?.confusions.slice(0, most) ?? largestConfusions(matrix, most);
}

function mistakesOf(matrix: CountedClasses): number[] {
  const wrong = matrix.classNames.map(() => 0);
  eachCount(matrix, (count, label, predicted) => {
    if (label === predicted) return;
    wrong[label] = (wrong[label] as number) + count;
    wrong[predicted] = (wrong[predicted] as number) + count;
  });
  return wrong;
}

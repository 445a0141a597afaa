/**
 * An evaluation as JSON in its event: of many classes nearly every count of the confusion matrix is 0, and only the others
 * stand there, row by row as pairs of class and count.
 */
import type { ClassificationContent, EvaluationContent } from "../base/evaluationContent.js";
import { exactJson, parseExactJson } from "../base/exactJson.js";

type SparseContent = Omit<ClassificationContent, "counts"> & {
  /** Of each true class: predicted class, count, predicted class, count, … */
  readonly sparseCounts: readonly (readonly number[])[];
};

/** As many zeros for each other count make the pairs shorter. */
const zerosWorthwhile = 4;

export function evaluationJson(content: EvaluationContent): string {
  return exactJson(content.kind === "classification" ? compact(content) : content);
}

/** @throws SyntaxError for what is no evaluation. */
export function parseEvaluationJson(text: string): EvaluationContent {
  const content = parseExactJson(text) as Partial<EvaluationContent> | null;
  if (content?.kind === "regression") return content as EvaluationContent;
  if (content?.kind === "classification") return whole(content as ClassificationContent | SparseContent);
  throw new SyntaxError(
    `it must be an evaluation of a classification or regression; it was of ${JSON.stringify(content?.kind)}`,
  );
}

function compact(content: ClassificationContent): ClassificationContent | SparseContent {
  const { counts, ...rest } = content;
  const sparseCounts = counts.map((row) =>
    row.flatMap((count, predicted) => (count === 0 ? [] : [predicted, count])),
  );
  const others = sparseCounts.reduce((sum, row) => sum + row.length / 2, 0);
  const isSparse = counts.length ** 2 > others * (zerosWorthwhile + 1) && counts.length <= mostClasses;
  return isSparse ? { ...rest, sparseCounts } : content;
}

function whole(content: ClassificationContent | SparseContent): ClassificationContent {
  if (!("sparseCounts" in content)) return content;
  const { sparseCounts, ...rest } = content;
  const classes = classesOf(content);
  const counts = sparseCounts.map((pairs) => {
    const row = new Array<number>(classes).fill(0);
    for (let i = 0; i < pairs.length; i += 2) {
      const [predicted, count] = [pairs[i] as number, pairs[i + 1]];
      if (row[predicted] === undefined || count === undefined)
        throw new SyntaxError(
          `counts must be pairs of a class below ${classes} and a number; got ${predicted}, ${count}`,
        );
      row[predicted] = count;
    }
    return row;
  });
  return { ...rest, counts };
}

/** Of a matrix whose zeros are not in the file; that of more classes would take gigabytes. */
const mostClasses = 2 ** 14;

function classesOf({ classNames, sparseCounts }: SparseContent): number {
  const isSquare =
    Array.isArray(classNames) &&
    Array.isArray(sparseCounts) &&
    sparseCounts.length === classNames.length &&
    sparseCounts.every(Array.isArray);
  if (isSquare && classNames.length <= mostClasses) return classNames.length;
  throw new SyntaxError(
    `counts must be a list for each of at most ${mostClasses} classes; got ${sparseCounts?.length} for ${classNames?.length}`,
  );
}

/**
 * An evaluation as JSON in its event: of many classes nearly every count of the confusion matrix is 0, and only the others
 * stand there, row by row as pairs of class and count. Of very many they stay so when they are read: a matrix has as many
 * counts as the square of its classes, and what is read is to take no more than a file can hold.
 */
import type {
  ClassificationContent,
  EvaluationContent,
  SparseClassification,
} from "../base/evaluationContent.js";
import { exactJson, parseExactJson } from "../base/exactJson.js";

/** As many zeros for each other count make the pairs shorter. */
const zerosWorthwhile = 4;

/** Of more classes, counts that are stored as pairs stay pairs. */
const mostWhole = 2 ** 10;

export function evaluationJson(content: EvaluationContent): string {
  return exactJson(content.kind === "classification" ? compact(content) : content);
}

/** @throws SyntaxError for what is no evaluation. */
export function parseEvaluationJson(text: string): EvaluationContent | SparseClassification {
  const content = parseExactJson(text) as Partial<EvaluationContent> | null;
  if (content?.kind === "regression") return content as EvaluationContent;
  if (content?.kind === "classification")
    return checked(content as ClassificationContent | SparseClassification);
  throw new SyntaxError(
    `it must be an evaluation of a classification or regression; it was of ${JSON.stringify(content?.kind)}`,
  );
}

function compact(content: ClassificationContent): ClassificationContent | SparseClassification {
  const { counts, ...rest } = content;
  const sparseCounts = counts.map((row) =>
    row.flatMap((count, predicted) => (count === 0 ? [] : [predicted, count])),
  );
  const others = sparseCounts.reduce((sum, row) => sum + row.length / 2, 0);
  const isSparse = counts.length ** 2 > others * (zerosWorthwhile + 1);
  return isSparse ? { ...rest, sparseCounts } : content;
}

function checked(
  content: ClassificationContent | SparseClassification,
): ClassificationContent | SparseClassification {
  if (!("sparseCounts" in content)) return content;
  const { sparseCounts, ...rest } = content;
  const classes = classesOf(content);
  for (const pairs of sparseCounts) checkPairs(pairs, classes);
  if (classes > mostWhole) return content;
  const counts = sparseCounts.map((pairs) => {
    const row = new Array<number>(classes).fill(0);
    for (let i = 0; i < pairs.length; i += 2) row[pairs[i] as number] = pairs[i + 1] as number;
    return row;
  });
  return { ...rest, counts };
}

function checkPairs(pairs: readonly unknown[], classes: number): void {
  let before = -1;
  for (let i = 0; i < pairs.length; i += 2) {
    const [predicted, count] = [pairs[i], pairs[i + 1]];
    const isClass =
      Number.isInteger(predicted) && (predicted as number) > before && (predicted as number) < classes;
    if (!isClass || typeof count !== "number")
      throw new SyntaxError(
        `counts must be pairs, each once and in order, of a class below ${classes} and a number; got ${predicted}, ${count}`,
      );
    before = predicted as number;
  }
}

function classesOf({ classNames, sparseCounts }: SparseClassification): number {
  const isSquare =
    Array.isArray(classNames) &&
    Array.isArray(sparseCounts) &&
    sparseCounts.length === classNames.length &&
    sparseCounts.every(Array.isArray);
  if (isSquare) return classNames.length;
  throw new SyntaxError(
    `counts must be a list for each of the classes; got ${sparseCounts?.length} for ${classNames?.length}`,
  );
}

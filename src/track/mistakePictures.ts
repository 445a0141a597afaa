/** The wrong answers of an evaluation with their pictures. */
import type { EvaluationContent } from "../base/evaluationContent.js";
import type { Pictures } from "../base/png.js";
import { type PictureSplit, splitPictures } from "../base/splitPictures.js";
import { type TableContent, tableContent } from "./tableEvent.js";

export interface MistakePictures {
  readonly pictures: Pictures;
  /** A row for each picture: `true` and `predicted` are names of classes, `probability` is that of the latter. */
  readonly labels: TableContent;
}

/**
 * Undefined where no answer was wrong.
 *
 * @param images the split that was evaluated
 * @throws TypeError if the split has no pictures or it is a regression, RangeError if it has another size.
 */
export function mistakePictures(
  content: EvaluationContent,
  images: PictureSplit,
  what: string,
): MistakePictures | undefined {
  if (content.kind !== "classification")
    throw new TypeError(`${what}: images need an evaluation of a classification; it is of a regression`);
  if (images?.size !== content.size)
    throw new RangeError(
      `${what}: images must be the split that was evaluated, of ${content.size} samples; got ${images?.size}`,
    );
  const { mistakes } = content;
  const pictures = splitPictures(
    images,
    mistakes.map(({ sample }) => sample),
    { what },
  );
  if (mistakes.length === 0) return undefined;
  const rows = mistakes.map(({ label, predicted, probability, sample, loss }) => ({
    true: label,
    predicted,
    probability,
    sample,
    loss,
  }));
  return { pictures, labels: tableContent(rows, what) };
}

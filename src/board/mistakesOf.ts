/** The pictures of an evaluation's worst mistakes among all pictures of a run. */
import { tags } from "../base/tags.js";
import type { BoardMedia, BoardPictures } from "./boardMedia.js";

/** Of the newest evaluation; undefined where it has none, or those are of another step. */
export function mistakesOf(
  { evaluations, images }: BoardMedia,
  evaluation: string,
): BoardPictures | undefined {
  const found = images.get(tags.mistakes(evaluation));
  const newest = found?.shown.at(-1);
  const step = evaluations?.get(evaluation)?.shown[0]?.step;
  return newest?.labels && newest.step === step ? found : undefined;
}

/** Whether a tag's pictures stand with an evaluation. */
export function areMistakes(media: BoardMedia, tag: string): boolean {
  return [...(media.evaluations?.keys() ?? [])].some(
    (evaluation) => tags.mistakes(evaluation) === tag && mistakesOf(media, evaluation) !== undefined,
  );
}

/** The worst mistakes of an evaluation as pictures. */
import type { MistakeContent } from "../base/evaluationContent.js";
import type { Pictures } from "../base/png.js";
import { pictureSide } from "./boardMedia.js";
import type { Spec } from "./inlineData.js";
import { pictureGrid } from "./pictureGrid.js";
import { chartTitle } from "./section.js";

/** @param pictures of the first mistakes, one each; they are carried as they are. */
export function mistakeGrid(
  mistakes: readonly MistakeContent[],
  { width, height, files }: Pictures,
  row: number,
): Spec {
  const scale = pictureSide / Math.max(width, height);
  const drawn = files.map((file, i) => {
    const address = `data:image/png;base64,${Buffer.from(file).toString("base64")}`;
    const { label: truth, predicted, probability } = mistakes[i] as MistakeContent;
    return {
      picture: { address, width: scale * width, height: scale * height },
      label: { truth, predicted, probability },
    };
  });
  const title = { ...chartTitle("worst mistakes as pictures", "the highest loss first"), limit: row };
  return pictureGrid(title, drawn, { row, interactive: true });
}

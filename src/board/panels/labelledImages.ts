/** Pictures of a step that have labels. */
import type { BoardPictures } from "../boardMedia.js";
import type { Spec } from "../inlineData.js";
import { pictureGrid } from "../pictureGrid.js";
import { chartTitle, type PanelStyle } from "../section.js";

/** Characters of pictures for each point that a series may have: where there is less room for detail, fewer are drawn. */
const charactersOfPoint = 900;

/** Its step is the newest. */
export function labelledImages(title: string, found: BoardPictures, style: PanelStyle): Spec {
  const { step = 0, pictures = [], labels = [] } = found.shown.at(-1) ?? {};
  let left = charactersOfPoint * style.points;
  const fitting = pictures.findIndex((picture) => {
    left -= picture?.address.length ?? 0;
    return left < 0;
  });
  const shown = pictures.slice(0, fitting < 0 ? pictures.length : Math.max(1, fitting));
  return pictureGrid(
    { ...chartTitle(title, factsOf(found, step, shown.length)), limit: style.row },
    shown.map((picture, i) => ({ picture, label: labels[i] })),
    style,
  );
}

function factsOf({ size, count, most }: BoardPictures, step: number, shown: number): string {
  return [
    count > 1 ? `step ${step}, the newest of ${count}` : `step ${step}`,
    size,
    ...(most > shown ? [`the first ${shown} of ${most}`] : []),
  ].join("; ");
}

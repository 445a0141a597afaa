/** The charts that runs recorded, as a board shows them. */
import type { FigurePoint } from "../track/runMedia.js";
import type { BoardFigure, BoardFigures, Thumbnail } from "./boardMedia.js";
import { spread } from "./downsample.js";
import { embeddedFigure } from "./embeddedFigure.js";
import { thumbnail } from "./render/thumbnail.js";

/** Steps of a tag, and pixels of a picture's longer side. */
const most = { steps: 8, side: 720 } as const;

/** @throws Error where a file was cut since the run was read */
export function figuresOf(points: readonly FigurePoint[]): BoardFigures {
  const shown = spread(points, most.steps).flatMap((point): BoardFigure[] => {
    const spec = embeddedFigure(point.spec.read());
    if (spec) return [{ step: point.step, chart: { spec } }];
    const picture = drawn(point);
    return picture ? [{ step: point.step, chart: { picture } }] : [];
  });
  return { shown: shown.reverse(), count: points.length };
}

/** None of what was not drawn when it was recorded. */
function drawn({ picture }: FigurePoint): Thumbnail | undefined {
  const [stored] = picture?.images ?? [];
  if (!picture || !stored) return undefined;
  return thumbnail(stored.bytes(), picture, Math.min(most.side, Math.max(picture.width, picture.height)));
}

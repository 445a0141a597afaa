/** Pictures of a step as a grid, under each what it is and was taken for. */
import { type BoardPictures, pictureSide as side } from "../boardMedia.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { written } from "../look.js";
import { labelLines } from "../pictureLabels.js";
import { chartTitle, type PanelStyle } from "../section.js";

/** Pixels between two columns, which leave the lines room, and from a line to the next. */
const gap = 20;
const lineHeight = 12;
const linesOfOne = 3;

/** Its step is the newest. */
export function labelledImages(tag: string, found: BoardPictures, style: PanelStyle): Spec {
  const newest = found.shown.at(-1);
  const { step = 0, pictures = [], labels = [] } = newest ?? {};
  const most = Math.max(1, Math.floor((style.row + gap) / (side + gap)));
  const rows = Math.max(1, Math.ceil(pictures.length / most));
  // Rows of the same length, about.
  const columns = Math.max(1, Math.ceil(pictures.length / rows));
  const tallest = pictures.reduce((most, picture) => Math.max(most, picture?.height ?? 0), 1);
  const pitch = tallest + linesOfOne * lineHeight + 12;
  const placed = pictures.map((picture, i) => ({
    picture,
    lines: labels[i] ? labelLines(labels[i]) : [],
    x: (i % columns) * (side + gap) + side / 2,
    top: Math.floor(i / columns) * pitch,
  }));
  const cells = placed.flatMap(({ picture, lines, x, top }): Cell[][] =>
    picture ? [[x, top + tallest / 2, picture.address, lines.join(", ")]] : [],
  );
  const texts = placed.flatMap(({ lines, x, top }) =>
    lines.map((line, k): Cell[] => [x, top + tallest + 4 + k * lineHeight, line]),
  );
  const place = (field: string): Spec => ({ field, type: "quantitative", scale: null, axis: null });
  const [size] = pictures.filter((picture) => picture !== undefined);
  return {
    title: { ...chartTitle(tag, factsOf(found, step, pictures.length)), limit: style.row },
    width: columns * (side + gap) - gap,
    height: rows * pitch,
    data: inlineData({ x: "number", y: "number", url: "string", label: "string" }, cells),
    layer: [
      {
        // The pictures of a step are of one size.
        mark: {
          type: "image",
          width: size?.width ?? 1,
          height: size?.height ?? 1,
          smooth: false,
          aspect: false,
        },
        encoding: {
          x: place("x"),
          y: place("y"),
          url: { field: "url", type: "nominal" },
          ...(style.interactive ? { tooltip: [{ field: "label", type: "nominal" }] } : {}),
        },
      },
      {
        data: inlineData({ x: "number", y: "number", line: "string" }, texts),
        mark: { type: "text", style: written, baseline: "top", fontSize: 10, limit: side + gap - 4 },
        encoding: { x: place("x"), y: place("y"), text: { field: "line", type: "nominal" } },
      },
    ],
  };
}

function factsOf({ size, count, most }: BoardPictures, step: number, shown: number): string {
  return [
    count > 1 ? `step ${step}, the newest of ${count}` : `step ${step}`,
    size,
    ...(most > shown ? [`the first ${shown} of ${most}`] : []),
  ].join("; ");
}

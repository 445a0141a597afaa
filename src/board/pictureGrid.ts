/** Pictures as a grid, under each what it is and was taken for. */
import { type PictureLabel, pictureSide as side, type Thumbnail } from "./boardMedia.js";
import { type Cell, inlineData, type Spec } from "./inlineData.js";
import { written } from "./look.js";
import { labelLines } from "./pictureLabels.js";
import { pixelPlace } from "./pixelPlace.js";
import type { PanelStyle } from "./section.js";

/** Pixels between two columns, which leave the lines room, and from a line to the next. */
const gap = 20;
const lineHeight = 12;
const linesOfOne = 3;

export interface LabelledPicture {
  /** Undefined for what cannot be drawn. */
  readonly picture: Thumbnail | undefined;
  readonly label: PictureLabel | undefined;
}

/** The pictures are of one size. */
export function pictureGrid(
  title: Spec,
  pictures: readonly LabelledPicture[],
  { row, interactive }: Pick<PanelStyle, "row" | "interactive">,
): Spec {
  const most = Math.max(1, Math.floor((row + gap) / (side + gap)));
  const rows = Math.max(1, Math.ceil(pictures.length / most));
  // Rows of the same length, about.
  const columns = Math.max(1, Math.ceil(pictures.length / rows));
  const tallest = pictures.reduce((height, { picture }) => Math.max(height, picture?.height ?? 0), 1);
  const pitch = tallest + linesOfOne * lineHeight + 12;
  const placed = pictures.map(({ picture, label }, i) => ({
    picture,
    lines: label ? labelLines(label) : [],
    x: (i % columns) * (side + gap) + side / 2,
    top: Math.floor(i / columns) * pitch,
  }));
  const cells = placed.flatMap(({ picture, lines, x, top }): Cell[][] =>
    picture ? [[x, top + tallest / 2, picture.address, lines.join(", ")]] : [],
  );
  const texts = placed.flatMap(({ lines, x, top }) =>
    lines.map((line, k): Cell[] => [x, top + tallest + 4 + k * lineHeight, line]),
  );
  const size = pictures.find(({ picture }) => picture)?.picture;
  return {
    title,
    width: columns * (side + gap) - gap,
    height: rows * pitch,
    data: inlineData({ x: "number", y: "number", url: "string", label: "string" }, cells),
    layer: [
      {
        mark: {
          type: "image",
          width: size?.width ?? 1,
          height: size?.height ?? 1,
          smooth: false,
          aspect: false,
        },
        encoding: {
          x: pixelPlace("x"),
          y: pixelPlace("y"),
          url: { field: "url", type: "nominal" },
          ...(interactive
            ? {
                tooltip: [{ field: "label", type: "nominal" }],
                // What a screen reader says of it.
                description: { field: "label", type: "nominal" },
              }
            : {}),
        },
      },
      {
        data: inlineData({ x: "number", y: "number", line: "string" }, texts),
        mark: { type: "text", style: written, baseline: "top", fontSize: 10, limit: side + gap - 4 },
        encoding: { x: pixelPlace("x"), y: pixelPlace("y"), text: { field: "line", type: "nominal" } },
      },
    ],
  };
}

/** The pictures of runs: a card for each tag, in it a column for each step. */
import { type BoardPictures, pictureSide as side } from "../boardMedia.js";
import { spread } from "../downsample.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { written } from "../look.js";
import { areMistakes } from "../mistakesOf.js";
import { pixelPlace } from "../pixelPlace.js";
import { chartTitle, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { labelledImages } from "./labelledImages.js";

/** Pixels between two pictures. */
const gap = 8;

export function images(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  return runs.flatMap(({ label, media }) => {
    if (!media) return [];
    const beside = [...media.images].filter(([tag]) => !areMistakes(media, tag));
    const cards = beside.map(([tag, found]) =>
      found.shown.at(-1)?.labels ? labelledImages(tag, found, style) : imageCard(tag, found, style),
    );
    return cards.length > 0 ? [{ title: `images of ${label}`, columns: 1, cards }] : [];
  });
}

function imageCard(tag: string, found: BoardPictures, style: PanelStyle): Spec {
  // With less room for detail there are fewer columns: pictures are most of what a board weighs.
  const columns = Math.floor(((style.row + gap) / (side + gap)) * Math.min(1, style.points / 180));
  const shown = spread(found.shown, Math.max(2, columns));
  const places = shown.flatMap(({ step, pictures }, column) =>
    pictures.map((picture, row) => ({ step, column, row, picture })),
  );
  const tallest = places.reduce((most, { picture }) => Math.max(most, picture?.height ?? 0), 1);
  const middle = (index: number, size = side) => index * (size + gap) + size / 2;
  const cells = places.flatMap(({ step, column, row, picture }): Cell[][] =>
    picture
      ? [[middle(column), middle(row, tallest), picture.address, picture.width, picture.height, step]]
      : [],
  );
  const rows = Math.max(1, ...places.map(({ row }) => row + 1));
  const sizes = new Map(cells.map(([, , , width, height]) => [`${width} ${height}`, { width, height }]));
  const steps = shown.map(({ step }, column): Cell[] => [middle(column), `step ${step}`]);
  return {
    title: {
      ...chartTitle(tag, factsOf(found, { shown: shown.length, unreadable: places.length - cells.length })),
      limit: style.row,
    },
    width: Math.max(1, shown.length) * (side + gap) - gap,
    height: rows * (tallest + gap) + 14,
    data: inlineData(
      { x: "number", y: "number", url: "string", w: "number", h: "number", step: "number" },
      cells,
    ),
    layer: [
      ...[...sizes.values()].map(({ width, height }) => ({
        transform: [{ filter: `datum.w == ${width} && datum.h == ${height}` }],
        mark: { type: "image", width, height, smooth: false, aspect: false },
        encoding: {
          x: pixelPlace("x"),
          y: pixelPlace("y"),
          url: { field: "url", type: "nominal" },
          ...(style.interactive ? { tooltip: [{ field: "step", type: "quantitative" }] } : {}),
        },
      })),
      {
        data: inlineData({ x: "number", label: "string" }, steps),
        mark: { type: "text", style: written, baseline: "bottom", fontSize: 10, limit: side },
        encoding: {
          x: pixelPlace("x"),
          y: { value: rows * (tallest + gap) + 10 },
          text: { field: "label", type: "nominal" },
        },
      },
    ],
  };
}

function factsOf(
  { size, count, most, shown: read }: BoardPictures,
  { shown, unreadable }: { readonly shown: number; readonly unreadable: number },
): string {
  const ofAStep = Math.max(0, ...read.map(({ pictures }) => pictures.length));
  return [
    size,
    count > shown ? `${shown} of ${count} steps` : "",
    most > ofAStep ? `the first ${ofAStep} of ${most} of a step` : "",
    unreadable > 0 ? `${unreadable} left out that are no PNG, JPEG or GIF` : "",
  ]
    .filter((fact) => fact !== "")
    .join("; ");
}

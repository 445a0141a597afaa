/** The kinds of charts that runs hold something for. */
import { type BoardKind, boardKinds } from "../base/boardKinds.js";
import { tags } from "../base/tags.js";
import { sharedMetric } from "./panels/runsAsSweep.js";
import type { BoardRun } from "./series.js";
import { prefixOf } from "./tagGroups.js";

const gradients = prefixOf(tags.gradientMeanAbs("layer"));

/** Of each run: of a folder all that was recorded is known, of a page in a file what it carries. */
const held: Readonly<Record<Exclude<BoardKind, "hparams">, (run: BoardRun) => boolean>> = {
  scalars: ({ data }) => data.scalars.size > 0,
  gradients: ({ data }) => [...data.scalars.keys()].some((tag) => prefixOf(tag) === gradients),
  histograms: ({ data }) => data.histograms.size > 0,
  distributions: ({ data }) => data.histograms.size > 0,
  evaluation: ({ data, media }) => some(data.evaluations, data.prCurves, media?.evaluations, media?.prCurves),
  images: ({ data, media }) => some(data.images, data.figures, media?.images, media?.figures),
  text: ({ data, media }) => some(data.texts, media?.texts),
  tables: ({ data, media }) => some(data.tables, media?.tables),
  audio: ({ data, media }) => some(data.audio, media?.audio),
  graph: ({ data, media }) => (data.graph ?? media?.graph) !== undefined,
  system: ({ data }) => some(data.system),
};

function some(...maps: readonly (ReadonlyMap<string, unknown> | undefined)[]): boolean {
  return maps.some((map) => map !== undefined && map.size > 0);
}

/** In the order of all kinds. */
export function heldKinds(runs: readonly BoardRun[]): BoardKind[] {
  return boardKinds.filter((kind) =>
    kind === "hparams" ? sharedMetric(runs) !== undefined : runs.some(held[kind]),
  );
}

/** Page data back as runs: the mirror of `pageData`. */
import { parseExactJson } from "../base/exactJson.js";
import type { HistogramPoint } from "../track/runData.js";
import { noMedia } from "../track/runMedia.js";
import type { BoardEvaluations, BoardMedia, BoardPictures } from "./boardMedia.js";
import type { BoardData } from "./content.js";
import type { PackedHistogram, PackedMedia, PackedRun, PackedSeries, PageData } from "./packedPage.js";
import type { Packed } from "./packNumbers.js";
import type { BoardRun } from "./series.js";
import type { ThinnedSeries } from "./thin.js";

export function unpackBoard({ runs, sweeps, notDrawn, missing }: PageData): BoardData {
  return {
    runs: runs.map(unpackRun),
    sweeps,
    ...(notDrawn ? { notDrawn } : {}),
    ...(missing ? { missing } : {}),
  };
}

function unpackRun(packed: PackedRun): BoardRun {
  const { label, status, record, scalars, system, histograms, media, verdicts } = packed;
  return {
    label,
    ...(verdicts && { verdicts }),
    data: {
      dir: label,
      status,
      problems: [],
      ...noMedia,
      record: record as BoardRun["data"]["record"],
      scalars: new Map(scalars.map(([tag, series]) => [tag, unpackSeries(series)])),
      ...(system && { system: new Map(system.map(([tag, series]) => [tag, unpackSeries(series)])) }),
      histograms: new Map(histograms.map(([tag, points]) => [tag, points.map(unpackHistogram)])),
    },
    ...(media && { media: unpackMedia(media) }),
  };
}

function unpackMedia({
  texts,
  images,
  figures,
  evaluations,
  prCurves,
  tables,
  audio,
  graph,
}: PackedMedia): BoardMedia {
  return {
    texts: new Map(texts),
    images: new Map(images.map(([tag, pictures]) => [tag, unpackPictures(pictures)])),
    ...(figures && { figures: new Map(figures) }),
    ...(evaluations && {
      evaluations: new Map(
        evaluations.map(([tag, json]) => [tag, parseExactJson(json) as BoardEvaluations] as const),
      ),
    }),
    ...(prCurves && { prCurves: new Map(prCurves) }),
    ...(tables && { tables: new Map(tables) }),
    // What is undefined has no place in JSON.
    ...(audio && { audio: new Map(audio) }),
    ...(graph && { graph }),
  };
}

/** JSON says null for what is not defined. */
function unpackPictures({ shown, ...facts }: BoardPictures): BoardPictures {
  return {
    ...facts,
    shown: shown.map(({ pictures, ...rest }) => ({
      ...rest,
      pictures: pictures.map((picture) => picture ?? undefined),
    })),
  };
}

function unpackSeries({ steps, values, wallTimes, counts, means }: PackedSeries): ThinnedSeries {
  return {
    steps: unpack(steps),
    values: unpack(values),
    wallTimes: unpack(wallTimes),
    ...(counts && means ? { counts: unpack(counts), means: unpack(means) } : {}),
  };
}

function unpackHistogram([step, wallTime, edges, counts, sampledFrom]: PackedHistogram): HistogramPoint {
  const n = counts.length;
  const [first, last] = edges as [number, number];
  const all =
    edges.length === n + 1
      ? edges
      : Array.from({ length: n + 1 }, (_, i) => first + (i * (last - first)) / n);
  const histogram = { edges: Float64Array.from(all), counts: Float64Array.from(counts) };
  return {
    step,
    wallTime,
    histogram: sampledFrom === undefined ? histogram : { ...histogram, sampledFrom },
  };
}

export function unpack(packed: Packed): Float64Array<ArrayBuffer> {
  const { buffer } = Uint8Array.from(atob(packed.slice(1)), (char) => char.charCodeAt(0));
  const formats: Record<string, () => ArrayLike<number>> = {
    i: () => new Int32Array(buffer),
    f: () => new Float32Array(buffer),
    d: () => new Float64Array(buffer),
  };
  const read = formats[packed[0] as string];
  if (!read) throw new SyntaxError(`unpack numbers: the format must be i, f or d; it was ${packed[0]}`);
  return Float64Array.from(read());
}

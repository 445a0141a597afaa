/** What a page carries: runs and sweeps as JSON, arrays packed, long series thinned, so that twenty runs fit 3 MB. */
import type { HistogramPoint, RunData, ScalarSeries } from "../track/runData.js";
import type { RunRecord } from "../track/runRecord.js";
import type { BoardMedia, BoardPictures, BoardSounds, BoardTable, BoardTexts } from "./boardMedia.js";
import type { BoardData } from "./content.js";
import { spread } from "./downsample.js";
import type { BoardSettings } from "./options.js";
import { packEvaluations } from "./packEvaluations.js";
import { PageRoom } from "./pageRoom.js";
import { type BoardRun, withoutOverwritten } from "./series.js";
import type { SweepData } from "./sweepData.js";
import { type ThinnedSeries, thin } from "./thin.js";

/** Little-endian numbers in base64. */
export type Packed = string;

export interface PackedSeries {
  readonly steps: Packed;
  readonly values: Packed;
  readonly wallTimes: Packed;
  readonly counts?: Packed;
  readonly means?: Packed;
}

/** Edges are listed, or equal steps from the first of two to the second. */
export type PackedHistogram = readonly [
  step: number,
  wallTime: number,
  edges: readonly number[],
  counts: readonly number[],
  sampledFrom?: number,
];

export interface PackedRun {
  readonly label: string;
  readonly status: RunData["status"];
  readonly record: Pick<RunRecord, "id" | "name" | "model" | "config" | "createdAt">;
  readonly scalars: readonly (readonly [tag: string, series: PackedSeries])[];
  /** Only where it was asked for. */
  readonly system?: readonly (readonly [tag: string, series: PackedSeries])[];
  readonly histograms: readonly (readonly [tag: string, points: readonly PackedHistogram[]])[];
  /** Only where it was asked for. A picture that could not be read is null. */
  readonly media?: PackedMedia;
  readonly verdicts?: BoardRun["verdicts"];
}

export interface PackedMedia extends Pick<BoardMedia, "graph"> {
  /** `BoardEvaluations` as exact JSON. */
  readonly evaluations?: readonly (readonly [tag: string, json: string])[];
  readonly tables?: readonly (readonly [tag: string, table: BoardTable])[];
  /** A sound that is not carried has no address. */
  readonly audio?: readonly (readonly [tag: string, sounds: BoardSounds])[];
  readonly texts: readonly (readonly [tag: string, texts: BoardTexts])[];
  readonly images: readonly (readonly [tag: string, pictures: BoardPictures])[];
}

export interface PageData {
  readonly settings: BoardSettings;
  readonly runs: readonly PackedRun[];
  readonly sweeps: readonly SweepData[];
  readonly notDrawn?: BoardData["notDrawn"];
  readonly missing?: BoardData["missing"];
  /** True when long series hold fewer points than were logged. */
  readonly thinned: boolean;
}

/** Of all scalars together: about 2 MB. */
const pointBudget = 40_000;
/** Of all histograms together: about 0.8 MB. */
const histogramBudget = 5000;
/** Of all pictures together, in characters. */
const pictureBudget = 900_000;
/** Of all evaluations together, in characters. */
const evaluationBudget = 900_000;
/** Of all tables together, in characters. */
const tableBudget = 400_000;
/** Rows of a table that has no room whole. */
const fewRows = 10;
/** Of all sounds together, in characters. */
const soundBudget = 900_000;
/** Characters of one text: more than its card shows. */
const longestText = 5000;

/** Characters of all: with the page's program and Vega 3 MB. */
const dataBudget = 1_800_000;
/** Of the budgets of points and histograms: below it a board is longer, since its pictures and sounds are what fills it. */
const leastShare = 0.3;

/** With as many points and histograms as fit. */
export function pageData(data: BoardData, settings: BoardSettings): PageData {
  for (let share = 1; ; share *= 0.85) {
    const packed = packBoard(data, settings, share);
    if (share < leastShare || JSON.stringify(packed).length <= dataBudget) return packed;
  }
}

function packBoard(
  { runs, sweeps, notDrawn, missing }: BoardData,
  settings: BoardSettings,
  share: number,
): PageData {
  const perSeries = fairShare(
    share * pointBudget,
    runs.flatMap(({ data }) =>
      [...data.scalars.values(), ...(data.system?.values() ?? [])].map(({ values }) => values.length),
    ),
  );
  const tags = runs.reduce((sum, { data }) => sum + data.histograms.size, 0);
  const steps = Math.max(4, Math.min(51, Math.floor((share * histogramBudget) / Math.max(1, tags))));
  const asked = settings.kinds?.includes("system") ? runs : runs.map(withoutSystem);
  const pictures = pictureSteps(runs);
  const take = within(soundBudget);
  const evaluations = new PageRoom("evaluation", evaluationBudget);
  const tables = new PageRoom("table", tableBudget);
  const packed = asked.map((run) => packRun(run, { perSeries, steps, pictures, take, evaluations, tables }));
  const left = [...(missing ?? []), ...evaluations.remarks(), ...tables.remarks()];
  return {
    settings,
    runs: packed,
    sweeps,
    ...(notDrawn ? { notDrawn } : {}),
    ...(left.length > 0 ? { missing: left } : {}),
    thinned: packed.some(({ scalars }) => scalars.some(([, series]) => series.counts)),
  };
}

function withoutSystem({ data: { system: _, ...data }, ...run }: BoardRun): BoardRun {
  return { ...run, data };
}

/** The most steps of one tag's pictures such that all fit the budget. */
function pictureSteps(runs: readonly BoardRun[]): number {
  const all = runs.flatMap(({ media }) => [...(media?.images.values() ?? [])]);
  const weight = (steps: number) =>
    all
      .flatMap(({ shown }) => spread(shown, steps).flatMap(({ pictures }) => pictures))
      .reduce((sum, picture) => sum + (picture?.address.length ?? 0), 0);
  const most = all.reduce((longest, { shown }) => Math.max(longest, shown.length), 2);
  for (let steps = most; steps > 2; steps--) if (weight(steps) <= pictureBudget) return steps;
  return 2;
}

/** The most points of one series such that all fit the budget; short series leave theirs to long ones. */
function fairShare(budget: number, lengths: readonly number[]): number {
  let left = budget;
  const sorted = [...lengths].sort((a, b) => a - b);
  for (const [i, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - i));
    if (length > share) return Math.max(60, share);
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}

/** Tells of each sound in turn whether it is carried. */
function within(budget: number): (address: string) => boolean {
  let left = budget;
  return ({ length }) => {
    if (length > left) return false;
    left -= length;
    return true;
  };
}

interface Limits {
  readonly perSeries: number;
  /** Of a tag's histograms, and of its pictures. */
  readonly steps: number;
  readonly pictures: number;
  readonly take: (address: string) => boolean;
  readonly evaluations: PageRoom;
  readonly tables: PageRoom;
}

function packRun({ label, data, media, verdicts }: BoardRun, limits: Limits): PackedRun {
  const { perSeries, steps } = limits;
  const { id, name, model, config, createdAt } = data.record;
  return {
    label,
    status: data.status,
    record: { id, name, config, createdAt, ...(model ? { model } : {}) },
    scalars: [...data.scalars].map(([tag, series]) => [tag, packSeries(series, perSeries)] as const),
    ...(data.system && {
      system: [...data.system].map(([tag, series]) => [tag, packSeries(series, perSeries)] as const),
    }),
    histograms: [...data.histograms].map(
      ([tag, points]) => [tag, spread(points, steps).map(packHistogram)] as const,
    ),
    ...(media && { media: packMedia(label, media, limits) }),
    ...(verdicts && { verdicts }),
  };
}

function packMedia(
  label: string,
  { texts, images, evaluations, tables, audio, graph }: BoardMedia,
  { pictures: steps, take, evaluations: room, tables: rows }: Limits,
): PackedMedia {
  return {
    texts: [...texts].map(([tag, found]) => [tag, { ...found, shown: found.shown.map(packText) }] as const),
    images: [...images].map(
      ([tag, found]) => [tag, { ...found, shown: spread(found.shown, steps) }] as const,
    ),
    ...(evaluations && {
      evaluations: [...evaluations].flatMap(([tag, found]) => packEvaluations({ label, tag }, found, room)),
    }),
    ...(tables && {
      tables: [...tables].flatMap(([tag, table]) => packTable({ label, tag }, table, rows)),
    }),
    ...(audio && {
      audio: [...audio].map(([tag, found]) => [tag, packSounds(found, take)] as const),
    }),
    ...(graph && { graph }),
  };
}

/** With a few of its rows, or not at all, where there is no room for the whole. */
function packTable(
  { label, tag }: { readonly label: string; readonly tag: string },
  table: BoardTable,
  room: PageRoom,
): [tag: string, table: BoardTable][] {
  const short = { ...table, rows: table.rows.slice(0, fewRows) };
  const packed = room.take(`${tag} of ${label}`, [table, short], (part) => JSON.stringify(part).length);
  return packed === undefined ? [] : [[tag, packed]];
}

function packSounds({ shown, ...facts }: BoardSounds, take: Limits["take"]): BoardSounds {
  const clips = (given: BoardSounds["shown"][number]["clips"]) =>
    given.map(({ address, ...clip }) => ({
      ...clip,
      address: address !== undefined && take(address) ? address : undefined,
    }));
  return { ...facts, shown: shown.map((one) => ({ ...one, clips: clips(one.clips) })) };
}

function packText({ step, text }: BoardTexts["shown"][number]): BoardTexts["shown"][number] {
  return { step, text: text.length > longestText ? `${text.slice(0, longestText)}…` : text };
}

function packHistogram({ step, wallTime, histogram }: HistogramPoint): PackedHistogram {
  const { edges, counts, sampledFrom } = histogram;
  const all = [step, wallTime, packEdges(edges), [...counts]] as const;
  return sampledFrom === undefined ? all : [...all, sampledFrom];
}

function packSeries(series: ScalarSeries, budget: number): PackedSeries {
  const { steps, values, wallTimes, counts, means }: ThinnedSeries = thin(withoutOverwritten(series), budget);
  return {
    steps: pack(steps),
    values: pack(values),
    wallTimes: pack(wallTimes),
    ...(counts && means ? { counts: pack(counts), means: pack(means) } : {}),
  };
}

function packEdges(edges: Float64Array): number[] {
  const [first, last, n] = [edges[0] as number, edges.at(-1) as number, edges.length - 1];
  const width = (last - first) / n;
  const equal = edges.every((edge, i) => Math.abs(edge - (first + i * width)) <= 1e-6 * width);
  return equal && n > 1 ? [first, last] : [...edges];
}

/** The smallest of three formats that holds the numbers exactly, named by its first letter: int32, float32, float64. */
export function pack(values: ScalarSeries["values"]): Packed {
  const formats: [string, Int32Array | Float32Array | Float64Array][] = [
    ["i", Int32Array.from(values)],
    ["f", Float32Array.from(values)],
    ["d", Float64Array.from(values)],
  ];
  const [letter, array] =
    formats.find(([, packed]) => values.every((value, i) => Object.is(packed[i], value))) ??
    (formats[2] as [string, Float64Array]);
  return letter + Buffer.from(array.buffer).toString("base64");
}

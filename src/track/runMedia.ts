/** What a run holds beside numbers, as it is read. What is large stays in its file until it is asked for. */
import type { StoredBytes } from "./storedBytes.js";
import type { StoredEvaluation } from "./storedEvaluation.js";
import type { StoredGraph } from "./storedGraph.js";
import type { StoredJson } from "./storedJson.js";
import type { StoredPrCurve } from "./storedPrCurve.js";
import type { TableContent } from "./tableEvent.js";
import type { WaveFacts } from "./waveFile.js";

export interface MediaPoint {
  /** Non-negative integer. */
  readonly step: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
}

export interface TextPoint extends MediaPoint {
  /** Markdown. One text, but for runs that others wrote. */
  readonly texts: readonly StoredBytes[];
}

export interface ImagePoint extends MediaPoint {
  /** Pixels, of each picture. */
  readonly width: number;
  readonly height: number;
  /** PNG files; runs that others wrote may hold JPEG or GIF. */
  readonly images: readonly StoredBytes[];
}

export interface AudioPoint extends MediaPoint {
  /** WAV files, each with what its header says, where it is one. */
  readonly clips: readonly { readonly file: StoredBytes; readonly facts: WaveFacts | undefined }[];
}

export interface TablePoint extends MediaPoint {
  readonly table: StoredJson<TableContent>;
}

export interface EvaluationPoint extends MediaPoint {
  readonly evaluation: StoredEvaluation;
}

export interface PrCurvePoint extends MediaPoint {
  readonly curve: StoredPrCurve;
}

/** A chart of Vega-Lite. */
export type FigureSpec = Readonly<Record<string, unknown>>;

export interface FigurePoint extends MediaPoint {
  readonly spec: StoredJson<FigureSpec>;
  /** As it was drawn while it was recorded, where it was. */
  readonly picture?: ImagePoint;
}

/** By tag, in the order in which they were written. */
export interface RunMedia {
  /** Tables have their own place. */
  readonly texts: ReadonlyMap<string, readonly TextPoint[]>;
  /** Figures have their own place. */
  readonly images: ReadonlyMap<string, readonly ImagePoint[]>;
  readonly audio: ReadonlyMap<string, readonly AudioPoint[]>;
  readonly tables: ReadonlyMap<string, readonly TablePoint[]>;
  readonly evaluations: ReadonlyMap<string, readonly EvaluationPoint[]>;
  readonly figures: ReadonlyMap<string, readonly FigurePoint[]>;
  /** Precision-recall curves that stand alone, as other programs write them; those of an evaluation are in it. */
  readonly prCurves: ReadonlyMap<string, readonly PrCurvePoint[]>;
  /** The newest that was written. */
  readonly graph?: StoredGraph;
}

/** Of a run that holds only numbers. */
export const noMedia: RunMedia = {
  texts: new Map(),
  images: new Map(),
  audio: new Map(),
  tables: new Map(),
  evaluations: new Map(),
  figures: new Map(),
  prCurves: new Map(),
};

function allSeries(media: RunMedia): (readonly [tag: string, points: readonly MediaPoint[]])[] {
  const { texts, images, audio, tables, evaluations, figures, prCurves } = media;
  return [...texts, ...images, ...audio, ...tables, ...evaluations, ...figures, ...prCurves];
}

/** Tags under which there is something beside numbers. */
export function mediaTags(media: RunMedia): string[] {
  return [...new Set(allSeries(media).map(([tag]) => tag))];
}

/** The highest step of each tag. */
export function lastMediaSteps(media: RunMedia): Map<string, number> {
  const steps = new Map<string, number>();
  for (const [tag, points] of allSeries(media))
    for (const { step } of points) steps.set(tag, Math.max(step, steps.get(tag) ?? 0));
  return steps;
}

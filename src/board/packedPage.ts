/** A board as its page carries it, in JSON: what `pageData` makes and `unpackBoard` reads. */
import type { RunData } from "../track/runData.js";
import type { RunRecord } from "../track/runRecord.js";
import type {
  BoardFigures,
  BoardMedia,
  BoardPictures,
  BoardPrCurves,
  BoardSounds,
  BoardTable,
  BoardTexts,
} from "./boardMedia.js";
import type { BoardData } from "./content.js";
import type { BoardSettings } from "./options.js";
import type { PackedModel } from "./packModel.js";
import type { Packed } from "./packNumbers.js";
import type { BoardRun } from "./series.js";
import type { SweepData } from "./sweepData.js";

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
  readonly record: Pick<RunRecord, "id" | "name" | "config" | "createdAt"> &
    PackedDetails & { readonly model?: PackedModel };
  readonly scalars: readonly (readonly [tag: string, series: PackedSeries])[];
  /** Only where it was asked for. */
  readonly system?: readonly (readonly [tag: string, series: PackedSeries])[];
  readonly histograms: readonly (readonly [tag: string, points: readonly PackedHistogram[]])[];
  /** Only where it was asked for. A picture that could not be read is null. */
  readonly media?: PackedMedia;
  readonly verdicts?: BoardRun["verdicts"];
}

/** What the page tells of a run where it has room for it. */
export type PackedDetails = Partial<
  Pick<
    RunRecord,
    "group" | "tags" | "notes" | "alerts" | "seed" | "finishedAt" | "resumed" | "reason" | "error" | "git"
  >
> & {
  /** In the place of the command, whose paths are nobody else's. */
  readonly startedBy?: string;
};

export interface PackedMedia extends Pick<BoardMedia, "graph"> {
  /** `BoardEvaluations` as exact JSON. */
  readonly evaluations?: readonly (readonly [tag: string, json: string])[];
  readonly prCurves?: readonly (readonly [tag: string, curves: BoardPrCurves])[];
  readonly tables?: readonly (readonly [tag: string, table: BoardTable])[];
  /** A sound that is not carried has no address. */
  readonly audio?: readonly (readonly [tag: string, sounds: BoardSounds])[];
  readonly texts: readonly (readonly [tag: string, texts: BoardTexts])[];
  readonly images: readonly (readonly [tag: string, pictures: BoardPictures])[];
  readonly figures?: readonly (readonly [tag: string, figures: BoardFigures])[];
}

export interface PageData {
  readonly settings: BoardSettings;
  readonly runs: readonly PackedRun[];
  readonly sweeps: readonly SweepData[];
  readonly notDrawn?: BoardData["notDrawn"];
  readonly missing?: BoardData["missing"];
  /** Sentences about what a served page would show and this one does not; none where nothing was left out. */
  readonly thinned: readonly string[];
}

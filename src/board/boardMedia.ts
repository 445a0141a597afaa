/** What a run holds beside numbers, as a board shows it: plain data, small enough to travel. */
import type { ClassificationContent, RegressionContent } from "../base/evaluationContent.js";
import type { GraphNode } from "../track/graphDefinition.js";
import type { PrCurve } from "../track/storedPrCurve.js";
import type { WaveFacts } from "../track/waveFile.js";
import type { ConfusionMatrix } from "./confusedClasses.js";
import type { Spec } from "./inlineData.js";

/** A picture as it stands in a drawing. */
export interface Thumbnail {
  /** A `data:` address. */
  readonly address: string;
  /** Pixels in the drawing. */
  readonly width: number;
  readonly height: number;
}

export interface BoardTexts {
  /** The newest, which comes first, and those before it. */
  readonly shown: readonly { readonly step: number; readonly text: string }[];
  /** How many there are in all. */
  readonly count: number;
}

export interface BoardPicture {
  readonly step: number;
  /** The first ones of the step; undefined for what is no PNG, JPEG or GIF. */
  readonly pictures: readonly (Thumbnail | undefined)[];
  /** What each of them is and was taken for, where the run says it. */
  readonly labels?: readonly PictureLabel[];
}

export interface PictureLabel {
  /** Names of classes. */
  readonly truth: string;
  readonly predicted: string;
  /** Of the class that was predicted, 0 to 1. */
  readonly probability: number;
}

export interface BoardPictures {
  /** Spread over all steps, the first and the last among them; with labels the last alone. */
  readonly shown: readonly BoardPicture[];
  /** How many steps there are, and the most pictures of one. */
  readonly count: number;
  readonly most: number;
  /** Such as `28 × 28 px`; empty where they differ. */
  readonly size: string;
}

export interface BoardFigure {
  readonly step: number;
  /** A view for a board, in its look; or the picture as it was drawn, where a board can have no such view. */
  readonly chart: { readonly spec: Spec } | { readonly picture: Thumbnail };
}

export interface BoardFigures {
  /** The newest first, then those before it, evenly spread, to the first. */
  readonly shown: readonly BoardFigure[];
  readonly count: number;
}

/** The newest table of a tag. */
export interface BoardTable {
  readonly step: number;
  readonly columns: readonly string[];
  /** The first ones; as long as `columns`, null where a cell is empty. */
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** How many rows and columns there are in all. */
  readonly size: readonly [rows: number, columns: number];
  /** How many tables the tag has. */
  readonly count: number;
}

export interface BoardClip {
  /** Undefined where the file does not say it. */
  readonly facts: WaveFacts | undefined;
  /** Of the file. */
  readonly bytes: number;
  /** A `data:` address; undefined for what is too long to be carried, or is no WAV file. */
  readonly address: string | undefined;
}

export interface BoardSounds {
  /** The newest first. */
  readonly shown: readonly { readonly step: number; readonly clips: readonly BoardClip[] }[];
  /** How many steps there are, and the most sounds of one. */
  readonly count: number;
  readonly most: number;
}

export interface BoardEvaluation {
  readonly step: number;
  readonly content: (ClassificationContent & ConfusionMatrix) | RegressionContent;
}

export interface BoardEvaluations {
  /** The newest first, then those before it, evenly spread, to the first. */
  readonly shown: readonly BoardEvaluation[];
  readonly count: number;
}

/** A PR curve that stands alone, at several steps. */
export interface BoardPrCurves {
  /** As `BoardEvaluations` has them. */
  readonly shown: readonly (PrCurve & { readonly step: number })[];
  readonly count: number;
}

export interface BoardMedia {
  readonly texts: ReadonlyMap<string, BoardTexts>;
  readonly images: ReadonlyMap<string, BoardPictures>;
  readonly figures?: ReadonlyMap<string, BoardFigures>;
  readonly evaluations?: ReadonlyMap<string, BoardEvaluations>;
  readonly prCurves?: ReadonlyMap<string, BoardPrCurves>;
  readonly tables?: ReadonlyMap<string, BoardTable>;
  readonly audio?: ReadonlyMap<string, BoardSounds>;
  /** The layers of the model. */
  readonly graph?: readonly GraphNode[];
}

/** What a person calls them. */
export const mediaKinds = ["evaluation", "images", "text", "tables", "audio", "graph"] as const;

/** Pixels of a picture's longer side. */
export const pictureSide = 92;

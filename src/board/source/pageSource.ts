/**
 * Where a page's data come from: the one seam between the page and what it is served from, a file that carries
 * everything or a server that reads folders.
 */
import type { BoardSettings } from "../options.js";
import type { Section } from "../section.js";
import type { XAxis } from "../series.js";
import type { ThinnedSeries } from "../thin.js";
import type { Catalogue } from "./catalogue.js";
import type { RunDetails } from "./runDetails.js";

export interface SeriesQuestion {
  readonly tags: readonly string[];
  /** Labels, as the catalogue has them. Unknown ones are left out of the answer. */
  readonly runs: readonly string[];
  readonly x: XAxis;
  /** Within these positions on the axis, as `positions` gives them. Before and after them a few points are given too. */
  readonly range?: readonly [from: number, to: number];
  /** Most points of a series within the range, at least 8. */
  readonly points: number;
}

export interface SeriesAnswer {
  readonly run: string;
  readonly tag: string;
  /** Without what a restart has written anew. Thinned where it has more points than were asked for. */
  readonly series: ThinnedSeries;
}

export interface PanelsQuestion {
  readonly settings: BoardSettings;
  readonly runs: readonly string[];
  /** Places of sweeps in the catalogue; all of them without. */
  readonly sweeps?: readonly number[];
  /** Of the place where the charts stand, in pixels. */
  readonly width: number;
}

export interface Questions {
  /** What there is to see. */
  readonly catalogue: Record<string, never>;
  /** The points of some series. */
  readonly series: SeriesQuestion;
  /** Every chart but those of plain scalars, as Vega-Lite. */
  readonly panels: PanelsQuestion;
  /** What is known of one run, by its label. */
  readonly details: { readonly run: string };
}

export interface Answers {
  readonly catalogue: Catalogue;
  readonly series: readonly SeriesAnswer[];
  readonly panels: readonly Section[];
  readonly details: RunDetails;
}

export type QuestionKind = keyof Questions;

/** What a page is told without asking. */
export interface SourceState {
  /** Rises whenever an answer may have changed. */
  readonly version: number;
  /** False while the server cannot be reached. */
  readonly connected: boolean;
}

/**
 * Contract: an answer is of the moment it is given; two of the same version are equal. `ask` rejects with a sentence for
 * the person. `watch` tells at most four times a second, from the next change on, until what it returned is called.
 */
export interface PageSource {
  ask<K extends QuestionKind>(kind: K, question: Questions[K]): Promise<Answers[K]>;
  watch(told: (state: SourceState) => void): () => void;
}

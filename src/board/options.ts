/** What a person may say about a board, made complete and checked at the door. */
import { type BoardKind, boardKinds } from "../base/boardKinds.js";
import type { OptionNames } from "../base/knownOptions.js";
import { didYouMean } from "../base/nearestName.js";
import { regularExpression } from "../base/regularExpression.js";
import { type ParetoChoice, paretoChoice } from "./secondMetric.js";
import type { XAxis } from "./series.js";
import type { YMode } from "./yScale.js";

export const outlierModes = ["show", "clip"] as const;
export type OutlierMode = (typeof outlierModes)[number];
export const histogramModes = ["offset", "overlay"] as const;
export type HistogramMode = (typeof histogramModes)[number];

export interface BoardOptions {
  /** Only tags in which this regular expression is found; in a text case counts only where a capital letter is typed. */
  readonly tags?: string | RegExp;
  /** Weight of TensorBoard's smoothing, 0 to 0.999. Default 0.6, and 0 for series of fewer than 50 points. */
  readonly smoothing?: number;
  /**
   * Default: scalars, the gradient heat map, and histograms of gradients; of a sweep its own charts only, without
   * those of its trials' runs.
   */
  readonly kind?: BoardKind | readonly BoardKind[];
  /** Default `step`. */
  readonly x?: XAxis;
  /** Default `auto`: logarithmic where the values need it. */
  readonly y?: YMode;
  /**
   * `clip`: the vertical axis spans the values from the 5th to the 95th percentile, as TensorBoard's "ignore outliers in
   * chart scaling"; arrows at the chart's edge point to what lies beyond. Default `show`.
   */
  readonly outliers?: OutlierMode;
  /** A tag's histograms behind each other, or over each other on one foot. Default `offset`. */
  readonly histograms?: HistogramMode;
  /**
   * What a Pareto front weighs the objective against: `duration` in seconds, which is the default, `parameters` of the
   * model, a numeric parameter, or a metric that the runs logged, such as `valLoss`. `NAME:min` and `NAME:max` say which
   * way is better where the name does not.
   */
  readonly pareto?: string;
  /** Also write the board as a page of its own to this file. */
  readonly html?: string;
  /** The folders of runs and of sweeps, where they are not the usual ones. */
  readonly runsDir?: string;
  readonly sweepsDir?: string;
}

export const boardOptionNames: OptionNames<BoardOptions> = {
  tags: true,
  smoothing: true,
  kind: true,
  x: true,
  y: true,
  outliers: true,
  histograms: true,
  pareto: true,
  html: true,
  runsDir: true,
  sweepsDir: true,
};

/** Plain data: it travels to the thread that draws. */
export interface BoardSettings {
  readonly tags?: { readonly source: string; readonly flags: string };
  /** Undefined: as the number of points asks for. */
  readonly smoothing?: number;
  readonly kinds?: readonly BoardKind[];
  /** What a page's reader picked in their place. */
  readonly picked?: readonly BoardKind[];
  readonly x: XAxis;
  readonly y: YMode;
  /** Undefined: they are shown. */
  readonly outliers?: "clip";
  /** Undefined: offset. */
  readonly histograms?: "overlay";
  /** Undefined: the duration. */
  readonly pareto?: ParetoChoice;
}

/** What of the settings says how panels draw. */
export function styleOf({ smoothing, x, y, outliers, histograms }: BoardSettings) {
  return { smoothing, x, y, ...(outliers && { outliers }), ...(histograms && { histograms }) };
}

/** Whether a tag is asked for. */
export function tagFilter({ tags }: BoardSettings): (tag: string) => boolean {
  const expression = tags && new RegExp(tags.source, tags.flags);
  return (tag) => expression?.test(tag) ?? true;
}

/** Whether charts of runs are asked for, and not merely shown because runs are given. */
export function asksForRuns({ kinds, tags }: BoardSettings): boolean {
  return kinds ? kinds.some((kind) => kind !== "hparams") : tags !== undefined;
}

/**
 * @throws RangeError for a value out of its range, TypeError for one of a wrong kind, SyntaxError for a bad regular
 * expression.
 */
export function boardSettings(options: BoardOptions = {}): BoardSettings {
  const { smoothing, x = "step", y = "auto", kind, tags, outliers, histograms, pareto } = options;
  if (smoothing !== undefined && !(typeof smoothing === "number" && smoothing >= 0 && smoothing <= 0.999))
    throw new RangeError(`board needs smoothing from 0 to 0.999; it was given ${smoothing}`);
  if (!["step", "relative", "wall"].includes(x))
    throw new RangeError(`board needs x to be step, relative or wall; it was given ${JSON.stringify(x)}`);
  if (!["auto", "linear", "log"].includes(y))
    throw new RangeError(`board needs y to be auto, linear or log; it was given ${JSON.stringify(y)}`);
  if (outliers !== undefined && !outlierModes.includes(outliers))
    throw new RangeError(
      `board needs outliers to be ${outlierModes.join(" or ")}; it was given ${JSON.stringify(outliers)}`,
    );
  if (histograms !== undefined && !histogramModes.includes(histograms))
    throw new RangeError(
      `board needs histograms to be ${histogramModes.join(" or ")}; it was given ${JSON.stringify(histograms)}`,
    );
  const kinds = kind === undefined ? undefined : [kind].flat().map(checkedKind);
  return {
    ...(smoothing === undefined ? {} : { smoothing }),
    x,
    y,
    ...(outliers === "clip" ? { outliers } : {}),
    ...(histograms === "overlay" ? { histograms } : {}),
    ...(kinds ? { kinds } : {}),
    ...(pareto === undefined ? {} : { pareto: paretoChoice(pareto) }),
    ...(tags === undefined ? {} : { tags: checkedExpression(tags) }),
  };
}

function checkedKind(kind: string): BoardKind {
  const known = boardKinds.find((name) => name === kind);
  if (!known)
    throw new RangeError(
      `board draws ${boardKinds.join(", ")}; it cannot draw ${JSON.stringify(kind)}.${didYouMean(String(kind), boardKinds)}`,
    );
  return known;
}

function checkedExpression(tags: string | RegExp): { source: string; flags: string } {
  const { source, flags } = regularExpression("board needs tags to be a regular expression", tags);
  return { source, flags };
}

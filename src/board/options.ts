/** What a person may say about a board, made complete and checked at the door. */
import { type BoardKind, boardKinds } from "../base/boardKinds.js";
import { didYouMean } from "../base/nearestName.js";
import type { XAxis } from "./series.js";
import type { YMode } from "./yScale.js";

export interface BoardOptions {
  /** Only tags in which this regular expression is found. */
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
  /** Also write the board as a page of its own to this file. */
  readonly html?: string;
  /** The folders of runs and of sweeps, where they are not the usual ones. */
  readonly runsDir?: string;
  readonly sweepsDir?: string;
}

/** Plain data: it travels to the thread that draws. */
export interface BoardSettings {
  readonly tags?: { readonly source: string; readonly flags: string };
  /** Undefined: as the number of points asks for. */
  readonly smoothing?: number;
  readonly kinds?: readonly BoardKind[];
  readonly x: XAxis;
  readonly y: YMode;
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
  const { smoothing, x = "step", y = "auto", kind, tags } = options;
  if (smoothing !== undefined && !(typeof smoothing === "number" && smoothing >= 0 && smoothing <= 0.999))
    throw new RangeError(`board needs smoothing from 0 to 0.999; it was given ${smoothing}`);
  if (!["step", "relative", "wall"].includes(x))
    throw new RangeError(`board needs x to be step, relative or wall; it was given ${JSON.stringify(x)}`);
  if (!["auto", "linear", "log"].includes(y))
    throw new RangeError(`board needs y to be auto, linear or log; it was given ${JSON.stringify(y)}`);
  const kinds = kind === undefined ? undefined : [kind].flat().map(checkedKind);
  return {
    ...(smoothing === undefined ? {} : { smoothing }),
    x,
    y,
    ...(kinds ? { kinds } : {}),
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
  if (tags instanceof RegExp) return { source: tags.source, flags: tags.flags.replace(/[gy]/g, "") };
  if (typeof tags !== "string")
    throw new TypeError(`board needs tags to be a regular expression; it was given ${typeof tags}`);
  try {
    return { source: new RegExp(tags, "u").source, flags: "u" };
  } catch (error) {
    throw new SyntaxError(`board needs tags to be a regular expression; ${(error as Error).message}`);
  }
}

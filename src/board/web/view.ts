/** What a person has chosen on the page, and how it stands in the address: a link shows the same. */
import { type BoardKind, boardKinds } from "../../base/boardKinds.js";
import { typedExpression } from "../../base/typedExpression.js";
import {
  type BoardSettings,
  type HistogramMode,
  histogramModes,
  type OutlierMode,
  outlierModes,
} from "../options.js";
import type { XAxis } from "../series.js";
import type { YMode } from "../yScale.js";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Whether the charts of sweeps are drawn beside those of runs. */
export const sweepModes = ["show", "hide"] as const;
export type SweepMode = (typeof sweepModes)[number];

export interface View {
  /** Regular expressions as typed; empty: all. */
  readonly tags: string;
  readonly runs: string;
  /** Labels of runs that were unticked. */
  readonly hidden: readonly string[];
  /** 0 to 0.999; undefined: as the number of points asks for. */
  readonly smoothing: number | undefined;
  readonly x: XAxis;
  readonly y: YMode;
  readonly outliers: OutlierMode;
  readonly histograms: HistogramMode;
  /** Kinds of charts; undefined: those that the board was asked for. */
  readonly picked: readonly BoardKind[] | undefined;
  readonly sweeps: SweepMode;
  /** Steps outside are not drawn. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** First tags of the charts that stand on top. */
  readonly pinned: readonly string[];
  /** What runs of one colour share: `run`, `group`, `config.KEY`, or a regular expression between slashes. */
  readonly colour: string;
  readonly theme: Theme;
}

export function initialView(settings: BoardSettings): View {
  const { tags, smoothing, x, y, outliers = "show", histograms = "offset" } = settings;
  return {
    tags: tags?.source ?? "",
    runs: "",
    hidden: [],
    smoothing,
    x,
    y,
    outliers,
    histograms,
    picked: undefined,
    sweeps: "show",
    from: undefined,
    to: undefined,
    pinned: [],
    colour: "run",
    theme: "system",
  };
}

const xAxes: readonly XAxis[] = ["step", "relative", "wall"];
const yModes: readonly YMode[] = ["auto", "linear", "log"];

/** Only what differs from `initial`. */
export function hashOf(view: View, initial: View): string {
  const parameters = new URLSearchParams();
  for (const key of [
    "tags",
    "runs",
    "x",
    "y",
    "outliers",
    "histograms",
    "sweeps",
    "colour",
    "theme",
    "smoothing",
    "from",
    "to",
  ] as const)
    if (view[key] !== initial[key]) parameters.set(key, String(view[key] ?? ""));
  if (view.picked) parameters.set("kinds", view.picked.join(","));
  for (const label of view.hidden) parameters.append("hide", label);
  for (const tag of view.pinned) parameters.append("pin", tag);
  return parameters.toString();
}

/** What cannot be read, or is out of its range, is as in `initial`. */
export function viewOf(hash: string, initial: View): View {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (key: string, otherwise: string) => parameters.get(key) ?? otherwise;
  const oneOf = <T extends string>(key: string, values: readonly T[], otherwise: T): T =>
    values.find((value) => value === parameters.get(key)) ?? otherwise;
  return {
    tags: text("tags", initial.tags),
    runs: text("runs", initial.runs),
    colour: text("colour", initial.colour),
    x: oneOf("x", xAxes, initial.x),
    y: oneOf("y", yModes, initial.y),
    outliers: oneOf("outliers", outlierModes, initial.outliers),
    histograms: oneOf("histograms", histogramModes, initial.histograms),
    sweeps: oneOf("sweeps", sweepModes, initial.sweeps),
    theme: oneOf("theme", themes, initial.theme),
    picked: kindsOf(parameters.get("kinds")),
    smoothing: numberOf(parameters.get("smoothing"), initial.smoothing, [0, 0.999]),
    from: numberOf(parameters.get("from"), initial.from),
    to: numberOf(parameters.get("to"), initial.to),
    hidden: parameters.getAll("hide"),
    pinned: parameters.getAll("pin"),
  };
}

/** An empty text stands for none at all. */
function kindsOf(text: string | null): BoardKind[] | undefined {
  if (text === null) return undefined;
  const named = text.split(",");
  return boardKinds.filter((kind) => named.includes(kind));
}

/** An empty text stands for undefined. */
function numberOf(
  text: string | null,
  otherwise: number | undefined,
  [low, high]: readonly [number, number] = [-Infinity, Infinity],
): number | undefined {
  if (text === null) return otherwise;
  const number = Number(text);
  if (text.trim() === "") return undefined;
  return number >= low && number <= high ? number : otherwise;
}

/** Why a text is no regular expression; empty where it is one. */
export function expressionFault(text: string): string {
  try {
    typedExpression(text);
    return "";
  } catch (error) {
    // `Invalid regular expression: /(/u: Unterminated group`
    return (error as Error).message.split(": ").at(-1) ?? "";
  }
}

/** Undefined where it is no regular expression. */
export function expressionOf(text: string): RegExp | undefined {
  try {
    return typedExpression(text);
  } catch {
    return undefined;
  }
}

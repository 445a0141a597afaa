/** The doctor's verdicts on a chart: a rule where it was seen first, a flag, and the problem's name. */

import type { Severity } from "../../doctor/index.js";
import { withoutOverwritten } from "../../track/withoutOverwritten.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { rim, written } from "../look.js";
import { severityColours } from "../palette.js";
import type { PanelStyle } from "../section.js";
import { type BoardRun, positions, startOf } from "../series.js";
import { flagName, flagsWithRoom, mostFlags } from "../verdictFlags.js";
import { type BoardVerdict, countsEpochs, verdictIndex, verdictLine } from "../verdicts.js";

/** Told apart without colours. */
export const severityShapes: Readonly<Record<Severity, string>> = {
  error: "triangle-down",
  warning: "diamond",
  info: "circle",
};

export interface PlacedVerdict {
  /** Runs of which it is said at this place. */
  readonly runs: readonly string[];
  readonly verdict: BoardVerdict;
  /** On the axis, as `positions` gives it. */
  readonly x: number;
}

/** Pixels from one name to the next, and from the chart's top to the first. */
const row = 13;
const top = 6;
/** Pixels that a mark keeps from the chart's edges, and the share of the axis that is near one. */
const inside = 7;
const nearEdge = 0.03;
/** Runs that a flag's text names. */
const mostTold = 5;

/** The verdicts of these runs whose evidence is one of the tags; one of several runs at one place is one. */
export function verdictsOn(
  runs: readonly BoardRun[],
  tags: readonly string[],
  style: PanelStyle,
): PlacedVerdict[] {
  const placed = new Map<string, PlacedVerdict>();
  for (const { label, data, verdicts = [] } of runs)
    for (const verdict of verdicts) {
      const tag = tags.find((one) => verdict.tags.includes(one) && data.scalars.has(one));
      const found = tag === undefined ? undefined : data.scalars.get(tag);
      if (tag === undefined || !found || found.steps.length === 0) continue;
      const series = withoutOverwritten(found);
      const at = verdictIndex(verdict, series, countsEpochs(tag));
      if (at < 0) continue;
      const x = positions(series, style.x, startOf(data))[at] as number;
      const key = `${verdict.problem} ${verdict.severity} ${x}`;
      const before = placed.get(key);
      placed.set(key, { runs: [...(before?.runs ?? []), label], verdict: before?.verdict ?? verdict, x });
    }
  return [...placed.values()];
}

/** All of them in words, a line each. */
export function verdictLinesOn(runs: readonly BoardRun[], tags: readonly string[]): string[] {
  return runs.flatMap(({ label, data, verdicts = [] }) =>
    verdicts
      .filter((one) =>
        one.tags.some((tag) => tags.includes(tag) && (data.scalars.get(tag)?.steps.length ?? 0) > 0),
      )
      .map((one) => verdictLine(label, one)),
  );
}

export interface MarksPlace {
  /** The chart's axis, over the field `x`. */
  readonly x: Spec;
  /** Positions are divided by it. */
  readonly unit: number;
  /** Of the axis, before they are divided. */
  readonly ends: readonly [low: number, high: number];
  readonly style: PanelStyle;
  /** Of all runs in the chart, where there are several: each flag says whose it is. */
  readonly colours?: ReadonlyMap<string, string>;
}

/** Layers for a chart: causes as full marks, what follows from one as hollow ones, those without room as a number. */
export function verdictMarks(placed: readonly PlacedVerdict[], place: MarksPlace): Spec[] {
  const { shown, rest } = flagsWithRoom(placed);
  return [...shown.flatMap((one, i) => flagOf(one, i, place)), ...moreOf(rest, place)];
}

function flagOf(one: PlacedVerdict, i: number, { x, unit, style, colours, ends }: MarksPlace): Spec[] {
  const { severity, follows } = one.verdict;
  const colour = severityColours[severity];
  const [own] = one.runs;
  const owner = one.runs.length === 1 && own !== undefined ? colours?.get(own) : undefined;
  const data = verdictData({ ...one, x: one.x / unit }, colours !== undefined);
  const y = { value: top + row * i };
  const side = sideOf(one.x, ends);
  return [
    {
      data,
      mark: { type: "rule", strokeWidth: 1.3, strokeDash: [4, 3], clip: true },
      encoding: { x, color: { value: owner ?? colour } },
    },
    ...nameOn(data, { x, y, side, style }),
    {
      data,
      mark: {
        ...{ type: "point", shape: severityShapes[severity], size: 80, opacity: 1, xOffset: side.mark },
        ...(follows === undefined ? { filled: true } : { filled: false, strokeWidth: 1.8 }),
      },
      encoding: { x, y, color: { value: colour }, ...(style.interactive ? { tooltip: verdictTooltip } : {}) },
    },
  ];
}

/** `+3 more`, and their names when it is pointed at. */
function moreOf(rest: readonly PlacedVerdict[], { x, unit, style, colours, ends }: MarksPlace): Spec[] {
  const [first] = rest;
  if (!first) return [];
  const names = rest.map((one) => flagName(one, colours !== undefined)).join(", ");
  const cells: Cell[] = [first.x / unit, `+${rest.length} more`, names];
  const data = inlineData({ x: "number", problem: "string", names: "string" }, [cells]);
  const y = { value: top + row * mostFlags };
  const tooltip = [{ field: "names", title: "doctor" }];
  return nameOn(data, { x, y, side: sideOf(first.x, ends), style, tooltip });
}

interface Side {
  readonly text: { readonly align: "left" | "right"; readonly dx: number };
  /** Pixels by which a mark at an edge stands inside, where it covers no label of the axis. */
  readonly mark: number;
}

/** Names of flags beyond the axis's middle stand to their left. */
function sideOf(x: number, [low, high]: readonly [number, number]): Side {
  const isRight = x > low / 2 + high / 2;
  const distance = isRight ? high - x : x - low;
  const mark = distance <= nearEdge * (high - low) ? (isRight ? -inside : inside) : 0;
  return { text: isRight ? { align: "right", dx: mark - 8 } : { align: "left", dx: mark + 8 }, mark };
}

interface NamePlace {
  readonly x: Spec;
  readonly y: Spec;
  readonly side: Side;
  readonly style: PanelStyle;
  readonly tooltip?: readonly Spec[];
}

function nameOn(data: Spec, { x, y, side, style, tooltip = [] }: NamePlace): Spec[] {
  const limit = style.card.width - 2 * inside;
  const text = { type: "text", baseline: "middle", fontSize: 10, limit, ...side.text };
  const encoding = { x, y, text: { field: "problem", type: "nominal" } };
  const told = style.interactive && tooltip.length > 0 ? { tooltip } : {};
  return [
    { data, mark: { ...text, style: rim, strokeWidth: 4, strokeJoin: "round" }, encoding },
    { data, mark: { ...text, style: written }, encoding: { ...encoding, ...told } },
  ];
}

/** What a flag says when it is pointed at. */
export const verdictTooltip: readonly Spec[] = [
  { field: "problem", title: "doctor" },
  { field: "run", title: "run" },
  { field: "what", title: "what" },
  { field: "first", title: "first" },
];

/** Columns: x, the problem with its severity in words, its runs, the sentence and what to try first. */
export function verdictData(placed: PlacedVerdict, ofSeveral = false): Spec {
  const { runs, verdict, x } = placed;
  const { severity, message, advice = "" } = verdict;
  const names = runs.length > mostTold ? `${runs.slice(0, mostTold).join(", ")} …` : runs.join(", ");
  const row: Cell[] = [x, flagName(placed, ofSeveral), `${names} (${severity})`, message, advice];
  return inlineData({ x: "number", problem: "string", run: "string", what: "string", first: "string" }, [
    row,
  ]);
}

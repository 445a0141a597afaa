/** The doctor's verdicts on a chart: a rule where it was seen first, a flag, and the problem's name. */

import type { Severity } from "../../doctor/index.js";
import { withoutOverwritten } from "../../track/withoutOverwritten.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { rim, written } from "../look.js";
import { severityColours } from "../palette.js";
import type { PanelStyle } from "../section.js";
import { type BoardRun, positions, startOf } from "../series.js";
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

/** Names on a chart; more flags stand without. */
const mostNamed = 4;
/** Pixels from one name to the next, and from the chart's top to the first. */
const row = 13;
const top = 6;
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

/**
 * Layers for a chart whose axis is `x`, over the field `x`.
 * @param unit positions are divided by it.
 * @param middle of the axis: names of flags beyond it stand to their left.
 */
export function verdictMarks(
  placed: readonly PlacedVerdict[],
  { x, unit, middle, style }: { x: Spec; unit: number; middle: number; style: PanelStyle },
): Spec[] {
  return placed.flatMap((one, i) => {
    const { severity } = one.verdict;
    const color = { value: severityColours[severity] };
    const data = verdictData({ ...one, x: one.x / unit });
    const y = { value: top + row * Math.min(i, mostNamed) };
    const side = one.x > middle ? { align: "right", dx: -8 } : { align: "left", dx: 8 };
    const text = { type: "text", baseline: "middle", fontSize: 10, ...side };
    const encoding = { x, y, text: { field: "problem", type: "nominal" } };
    return [
      {
        data,
        mark: { type: "rule", strokeWidth: 1.3, strokeDash: [4, 3], clip: true },
        encoding: { x, color },
      },
      ...(i < mostNamed
        ? [
            { data, mark: { ...text, style: rim, strokeWidth: 4, strokeJoin: "round" }, encoding },
            { data, mark: { ...text, style: written }, encoding },
          ]
        : []),
      {
        data,
        mark: { type: "point", shape: severityShapes[severity], filled: true, size: 80, opacity: 1 },
        encoding: { x, y, color, ...(style.interactive ? { tooltip: verdictTooltip } : {}) },
      },
    ];
  });
}

/** What a flag says when it is pointed at. */
export const verdictTooltip: readonly Spec[] = [
  { field: "problem", title: "doctor" },
  { field: "run", title: "run" },
  { field: "what", title: "what" },
  { field: "first", title: "first" },
];

/** As a chart says it. */
export function nameOf({ runs, verdict }: PlacedVerdict): string {
  return runs.length > 1 ? `${verdict.problem} ×${runs.length}` : verdict.problem;
}

/** Columns: x, the problem with its severity in words, its runs, the sentence and what to try first. */
export function verdictData(placed: PlacedVerdict): Spec {
  const { runs, verdict, x } = placed;
  const { severity, message, advice = "" } = verdict;
  const names = runs.length > mostTold ? `${runs.slice(0, mostTold).join(", ")} …` : runs.join(", ");
  const row: Cell[] = [x, nameOf(placed), `${names} (${severity})`, message, advice];
  return inlineData({ x: "number", problem: "string", run: "string", what: "string", first: "string" }, [
    row,
  ]);
}

/** The points of a chart of scalars inside its specification. */
import { type Cell, inlineData, pick, type Spec } from "../inlineData.js";
import { levelExpression } from "../levelExpression.js";
import type { PanelStyle } from "../section.js";
import { type BoardRun, startOf } from "../series.js";
import { smoothingLevels } from "../smooth.js";
import type { ScalarRow } from "./scalarRows.js";

export interface ScalarDataOptions {
  readonly runs: readonly BoardRun[];
  readonly style: PanelStyle;
  /** Whether there are rows of a second set. */
  readonly paired: boolean;
  /** Positions are divided by it. */
  readonly unit: number;
}

/**
 * Columns: r run, k set, x, n step (if x is not it), v value, s smoothed or s1, s2… each level of smoothing, t seconds since
 * the run's start, b what is not finite.
 */
export function scalarData(rows: readonly ScalarRow[], options: ScalarDataOptions): Spec {
  const { runs, style, paired, unit } = options;
  const broken = rows.some((row) => !Number.isFinite(row.value));
  const starts = runs.map(({ data }) => startOf(data));
  const withStep = style.x !== "step";
  const { weights } = smoothingLevels(style.smoothing);
  const smoothedColumns = style.levels ? weights.slice(1).map((_, i) => `s${i + 1}`) : ["s"];
  const columns: Record<string, "number" | "string"> = {
    r: "number",
    ...(paired ? { k: "number" } : {}),
    x: "number",
    ...(withStep ? { n: "number" } : {}),
    v: "number",
    ...Object.fromEntries(smoothedColumns.map((name) => [name, "number"] as const)),
    t: "number",
    ...(broken ? { b: "string" } : {}),
  };
  const cells = rows.map((row): Cell[] => [
    row.run,
    ...(paired ? [row.set] : []),
    row.x / unit,
    ...(withStep ? [row.step] : []),
    row.value,
    ...(style.levels ? row.levels.map(fiveDigits) : [row.smoothed]),
    Math.round((row.time - (starts[row.run] as number)) * 10) / 10,
    ...(broken ? [Number.isFinite(row.value) ? "" : String(row.value)] : []),
  ]);
  return {
    data: inlineData(columns, cells),
    transform: [
      ...(style.levels
        ? [
            {
              calculate: `[datum.v,${smoothedColumns.map((name) => `datum.${name}`).join(",")}][${levelExpression(rows, style.smoothing)}]`,
              as: "s",
            },
          ]
        : []),
      {
        calculate: pick(
          runs.map((run) => run.label),
          "r",
        ),
        as: "run",
      },
      ...(style.interactive
        ? [{ calculate: `1000 * (${pick(starts.map(Math.round), "r")} + datum.t)`, as: "time" }]
        : []),
      ...(paired ? [{ calculate: pick(["training", "validation"], "k"), as: "set" }] : []),
    ],
  };
}

/** A chart has fewer pixels than these tell apart. */
function fiveDigits(value: number): number {
  return Number(value.toPrecision(5));
}

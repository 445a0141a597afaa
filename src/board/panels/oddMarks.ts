/** Marks of values that a line cannot show: those not finite, and those beyond the axis. */
import type { Spec } from "../inlineData.js";
import { alarm } from "../palette.js";
import type { PanelStyle } from "../section.js";
import type { ScalarRow } from "./scalarRows.js";
import { stepTip, tip } from "./tip.js";

interface Context {
  readonly style: PanelStyle;
  /** What a step is called. */
  readonly step: string;
}

/** Triangles at the foot of the chart, where a value was NaN or infinite. */
export function brokenMarks(rows: readonly ScalarRow[], { style, step }: Context): Spec[] {
  if (rows.every((row) => Number.isFinite(row.value))) return [];
  return [
    {
      transform: [{ filter: "datum.b" }],
      mark: { type: "point", shape: "triangle-up", filled: true, size: 50, color: alarm, opacity: 1 },
      encoding: {
        y: { value: style.card.height - 4 },
        color: { value: alarm },
        ...(style.interactive
          ? {
              tooltip: [tip("run", "run", "nominal"), tip("b", "value", "nominal"), stepTip(style, step)],
            }
          : {}),
      },
    },
  ];
}

/** Arrows at the chart's edges, in their run's colour, where values lie beyond them. */
export function clippedMarks(
  rows: readonly ScalarRow[],
  { style, step, color, domain: [low, high] }: Context & { color: Spec; domain: [number, number] },
): Spec[] {
  const edges = [
    { is: (value: number) => value > high, test: `datum.v > ${high}`, shape: "triangle-up", y: 4 },
    {
      is: (value: number) => value < low,
      test: `isValid(datum.v) && datum.v < ${low}`,
      shape: "triangle-down",
      y: style.card.height - 4,
    },
  ];
  return edges
    .filter(({ is }) => rows.some(({ value }) => Number.isFinite(value) && is(value)))
    .map(({ test, shape, y }) => ({
      transform: [{ filter: test }],
      mark: { type: "point", shape, filled: true, size: 60, opacity: 1 },
      encoding: {
        y: { value: y },
        color,
        ...(style.interactive
          ? {
              tooltip: [
                tip("run", "run", "nominal"),
                { ...tip("v", "beyond the axis"), format: ".7~g" },
                stepTip(style, step),
              ],
            }
          : {}),
      },
    }));
}

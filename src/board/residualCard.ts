/** What a regression predicted against what is true, beside the line on which both are equal. */
import type { RegressionContent } from "../base/evaluationContent.js";
import { plainLabels } from "./axisLabels.js";
import { type Cell, inlineData, type Spec } from "./inlineData.js";
import { neutral, runColour } from "./palette.js";
import { chartTitle } from "./section.js";

export function residualCard(
  { points }: Pick<RegressionContent, "points">,
  title: { readonly text: string; readonly subtitle?: readonly string[] },
  { width, height, interactive }: { width: number; height: number; interactive: boolean },
): Spec {
  const finite = points.filter((point) => point.every(Number.isFinite));
  const left = points.length - finite.length;
  const notes = [
    ...(title.subtitle ?? []),
    left > 0 ? `${left} that are not finite are left out` : undefined,
  ];
  const subtitle = notes.filter((note) => note !== undefined);
  const [low, high] = extent(finite.flat());
  const axis = (field: string, name: string): Spec => ({
    field,
    type: "quantitative",
    scale: { domain: [low, high], zero: false },
    axis: { title: name, ...plainLabels, tickCount: 5, labelOverlap: true },
  });
  const [x, y] = [axis("x", "true"), axis("y", "predicted")];
  return {
    title: { ...chartTitle(title.text, subtitle), limit: Math.max(250, width) },
    width,
    height,
    layer: [
      {
        data: { values: [{ x: low, y: low, x2: high, y2: high }] },
        mark: { type: "rule", color: neutral, strokeDash: [4, 3] },
        encoding: { x, y, x2: { field: "x2" }, y2: { field: "y2" } },
      },
      {
        data: inlineData(
          { x: "number", y: "number", error: "number" },
          finite.map(([target, said]): Cell[] => [target, said, said - target]),
        ),
        mark: { type: "point", filled: true, size: 18, opacity: 0.55, color: runColour(0) },
        encoding: {
          x,
          y,
          ...(interactive
            ? {
                tooltip: [
                  { field: "x", type: "quantitative", title: "true", format: ".5~g" },
                  { field: "y", type: "quantitative", title: "predicted", format: ".5~g" },
                  { field: "error", type: "quantitative", title: "predicted − true", format: ".4~g" },
                ],
              }
            : {}),
        },
      },
    ],
  };
}

/** Of a single value a range around it. */
function extent(values: readonly number[]): [number, number] {
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  if (low < high) return [low, high];
  return Number.isFinite(low) ? [low - 1, low + 1] : [0, 1];
}

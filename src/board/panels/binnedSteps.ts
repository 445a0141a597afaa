/** A tag's histograms in the same bins, and what their two kinds of charts have in common. */
import { plainLabels } from "../axisLabels.js";
import { inlineData, type Spec } from "../inlineData.js";
import type { PanelStyle } from "../section.js";

/** As TensorBoard's histograms. */
export const bins = 30;

export interface BinnedSteps {
  readonly title: Spec;
  /** Of the axis of values. */
  readonly valueTitle: string;
  readonly range: readonly [number, number];
  /** Of each step `bins` counts over the range. */
  readonly counts: readonly Float64Array[];
  readonly steps: readonly number[];
  /** The largest count, above 0. */
  readonly tallest: number;
}

/** Title, size, and data with columns i (of the step), b (bin, from 0) and h (count, as a share of the tallest). */
export function binnedCard({ title, counts, tallest }: BinnedSteps, style: PanelStyle): Spec {
  return {
    title,
    width: Math.round(style.card.width * 0.676),
    height: style.card.height + 16,
    data: inlineData(
      { i: "number", b: "number", h: "number" },
      counts.flatMap((row, i) => seenBins(row, i, tallest)),
    ),
  };
}

/** A value in the middle of bin `datum.b`, for a chart's `calculate`. */
export function middleOf({ range: [low, high] }: BinnedSteps): string {
  return `${low} + (datum.b + 0.5) * ${(high - low) / bins}`;
}

export function valueChannel({ range, valueTitle }: BinnedSteps): Spec {
  return {
    field: "x",
    type: "quantitative",
    title: valueTitle,
    scale: { domain: [...range], nice: false, zero: false },
    axis: { ...plainLabels, tickCount: 4, labelOverlap: true, grid: false },
  };
}

/** Of the step, the value and the count. */
export const binTooltip: readonly Spec[] = [
  { field: "step", type: "quantitative" },
  { field: "x", title: "value", type: "quantitative", format: ".4~g" },
  { field: "count", type: "quantitative", format: ".4~g" },
];

/** Steps from old to new. */
export function stepColour(steps: readonly number[], [oldest, newest]: readonly [string, string]): Spec {
  return {
    field: "i",
    type: "quantitative",
    scale: { domain: [0, Math.max(1, steps.length - 1)], range: [oldest, newest] },
    legend: null,
  };
}

/**
 * Rows i, b, h of one ridge with its feet beside them, from the first to the last bin that is tall enough to be seen:
 * lower ones would only draw a line.
 */
function seenBins(counts: Float64Array, i: number, tallest: number): number[][] {
  const seen = (count: number) => count > 0.01 * tallest;
  const first = counts.findIndex(seen);
  if (first < 0) return [];
  const last = counts.findLastIndex(seen);
  const filled = Array.from(counts.subarray(first, last + 1), (count, k) => [
    i,
    first + k,
    Math.round((count / tallest) * 1e4) / 1e4,
  ]);
  return [[i, first - 0.5, 0], ...filled, [i, last + 0.5, 0]];
}

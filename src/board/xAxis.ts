/** The horizontal axis of series. */
import { extremes } from "../base/extremes.js";
import { plainLabels, stepLabels, wholeTicks } from "./axisLabels.js";
import type { Spec } from "./inlineData.js";
import type { XAxis } from "./series.js";

export interface TimeAxis {
  /** Positions are divided by it: the length of the axis's unit in seconds, 1 for steps and wall time. */
  readonly unit: number;
  /** Vega-Lite's `x` of the field `x`. */
  readonly encoding: Spec;
}

/**
 * @param values positions as `positions` gives them.
 * @param step what a step is called.
 */
export function timeAxis(axis: XAxis, values: readonly number[], step = "step"): TimeAxis {
  if (axis === "wall") {
    return {
      unit: 1,
      encoding: {
        field: "x",
        type: "temporal",
        title: "time (UTC)",
        scale: { type: "utc" },
        axis: { tickCount: 4, labelOverlap: true },
      },
    };
  }
  const [low, high] = extremes(values);
  const [unit, title] = axis === "step" ? [1, step] : secondsUnit(high - Math.min(0, low));
  const room = low === high ? { domain: [low / unit - 1, low / unit + 1] } : {};
  return {
    unit,
    encoding: {
      field: "x",
      type: "quantitative",
      title,
      scale: { zero: false, nice: false, ...room },
      axis:
        axis === "step" ? { ...stepLabels, ...wholeTicks(low, high, 5) } : { ...plainLabels, tickCount: 4 },
    },
  };
}

function secondsUnit(span: number): [number, string] {
  if (span >= 3 * 3600) return [3600, "hours since start"];
  return span >= 180 ? [60, "minutes since start"] : [1, "seconds since start"];
}

/** Which scale a chart's values need: linear, logarithmic, or logarithmic around zero. */
import { plainLabels, powerLabels, powers } from "./axisLabels.js";
import type { Spec } from "./inlineData.js";

/** `auto` chooses by the values; `log` is logarithmic wherever they are not all equal to zero. */
export type YMode = "auto" | "linear" | "log";

export interface YScale {
  readonly scale: Spec;
  /** Properties of the axis that go with it. */
  readonly axis: Spec;
}

/** Values that span more than this factor are told apart on a logarithmic scale only. */
const wideSpan = 1000;

/**
 * - positive values whose bulk (or whose outliers above) spans a factor of 1000 or more: logarithmic;
 * - with zeros or negative values among them and the same span of magnitudes: symmetric logarithm, linear within the
 *   smallest magnitude (or 10⁻⁸ of the greatest);
 * - else linear. One value alone gets room around it.
 *
 * The bulk are the magnitudes from the 5th to the 95th percentile: a learning rate that falls to nothing in its last
 * steps stays linear, a loss that explodes does not.
 * @param values those not finite are ignored.
 */
export function yScale(values: Iterable<number>, mode: YMode = "auto"): YScale {
  const finite = Float64Array.from([...values].filter(Number.isFinite)).sort();
  if (finite.length === 0) return { scale: { domain: [0, 1], nice: false }, axis: { values: [] } };
  const [low, high] = [finite[0] as number, finite.at(-1) as number];
  const magnitudes = finite
    .map(Math.abs)
    .filter((value) => value > 0)
    .sort();
  if (magnitudes.length === 0 || mode === "linear") return linear(low, high);
  const at = (share: number) => magnitudes[Math.round(share * (magnitudes.length - 1))] as number;
  const large = at(1);
  if (mode === "auto" && Math.max(at(0.95) / at(0.05), large / at(0.95)) < wideSpan) return linear(low, high);
  if (low > 0) return logarithmic(low, high);
  return symmetric([low, high], Math.max(at(0), large * 1e-8));
}

/**
 * The values from the 5th to the 95th percentile, as TensorBoard's "ignore outliers in chart scaling" has them: of n
 * finite values, sorted and counted from 0, those from the ⌈0.05 (n − 1)⌉th to the ⌊0.95 (n − 1)⌋th. All of them where
 * these are one and the same.
 *
 * Source: TensorBoard's line chart (`computeDataSeriesExtent`).
 */
export function withoutOutliers(values: Iterable<number>): Float64Array {
  const finite = Float64Array.from([...values].filter(Number.isFinite)).sort();
  const last = finite.length - 1;
  const within = finite.subarray(Math.ceil(0.05 * last), Math.floor(0.95 * last) + 1);
  return within.length > 0 && within[0] !== within.at(-1) ? within : finite;
}

/** Values nearer to each other than this part of them are one: rounding alone, which ticks cannot tell apart either. */
const even = 1e-10;

function linear(low: number, high: number): YScale {
  const isEven = high / 2 - low / 2 <= (even / 2) * Math.max(Math.abs(low), Math.abs(high));
  const room = isEven ? Math.abs(low) * 0.1 || 1 : (high - low) * 0.04;
  const domain = [bounded(low - room), bounded(high + room)] as const;
  // At the end of the numbers' range both may be the bound.
  const wide = domain[0] < domain[1] ? domain : [Math.min(0, domain[0]), Math.max(0, domain[1])];
  return {
    scale: { domain: wide, nice: false },
    axis: { ...plainLabels, tickCount: 5 },
  };
}

function logarithmic(low: number, high: number): YScale {
  return {
    scale: { type: "log", domain: [low / 1.15, Math.min(Number.MAX_VALUE, high * 1.15)], nice: false },
    axis: {
      ...powerLabels,
      values: powers(Math.ceil(Math.log10(low / 1.15)), Math.floor(Math.log10(high * 1.15)), 6),
    },
  };
}

function symmetric([low, high]: [number, number], constant: number): YScale {
  const from = Math.ceil(Math.log10(constant));
  const up = high > constant ? powers(from, Math.floor(Math.log10(high)), 3) : [];
  const down = -low > constant ? powers(from, Math.floor(Math.log10(-low)), 3).map((value) => -value) : [];
  return {
    scale: {
      type: "symlog",
      constant,
      domain: [bounded(Math.min(0, low) * 1.3), bounded(Math.max(0, high) * 1.3)],
      nice: false,
    },
    axis: { ...powerLabels, values: [...down.reverse(), 0, ...up] },
  };
}

/** A domain's width must stay below the greatest number, or the scale divides by infinity. */
function bounded(value: number): number {
  return Math.max(-Number.MAX_VALUE / 2, Math.min(Number.MAX_VALUE / 2, value));
}

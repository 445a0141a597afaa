/** Labels and ticks of axes. */
import type { Spec } from "./inlineData.js";

/** Six digits and no more: `0.001`, `5e-4`, `12000`. d3's own choice for axes would write 100 as 1e+2. */
export const plainLabels: Spec = {
  labelExpr:
    "replace(format(datum.value, datum.value != 0 && abs(datum.value) < 1e-3 ? '~e' : '~g'), 'e+', 'e')",
};

/** Powers of ten: `1e-3`; zero as `0`. */
export const powerLabels: Spec = {
  labelExpr: "datum.value == 0 ? '0' : replace(format(datum.value, '~e'), 'e+', 'e')",
};

/** Steps: `0`, `500`, `1.5k`, each by itself. An axis's own format would give all of them one prefix: `0k`. */
export const stepLabels: Spec = { labelExpr: "format(datum.value, '~s')" };

/** At most about `count` powers of ten from 10^from to 10^to, the last among them. */
export function powers(from: number, to: number, count: number): number[] {
  const stride = Math.max(1, Math.ceil((to - from + 1) / count));
  const values: number[] = [];
  for (let exponent = to; exponent >= from; exponent -= stride) values.unshift(Number(`1e${exponent}`));
  return values;
}

/** The powers of ten within [low, high], `low` above 0; undefined where there are fewer than two. */
export function powersWithin(low: number, high: number, count: number): number[] | undefined {
  const values = powers(Math.ceil(Math.log10(low)), Math.floor(Math.log10(high)), count);
  return values.length < 2 ? undefined : values;
}

/** The numbers 1, 2 and 5 times a power of ten within [low, high], for a logarithmic axis of about one decade. */
export function roundWithin(low: number, high: number): number[] {
  const from = Math.floor(Math.log10(low));
  const to = Math.floor(Math.log10(high));
  const all = Array.from({ length: to - from + 1 }, (_, i) =>
    [1, 2, 5].map((m) => Number(`${m}e${from + i}`)),
  );
  return all.flat().filter((value) => value >= low && value <= high);
}

/** Ticks of an axis of whole numbers: all of them while they are few, else Vega's choice. */
export function wholeTicks(low: number, high: number, count: number): Spec {
  if (!(high - low <= count)) return { tickCount: count, tickMinStep: 1 };
  const first = Math.ceil(low);
  return { values: Array.from({ length: Math.max(0, Math.floor(high) - first + 1) }, (_, i) => first + i) };
}

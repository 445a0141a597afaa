/** A chart's horizontal scale: steps, time since the start, or the clock. */
import type { XAxis } from "../series.js";
import { linearScale, linearTicks, type Scale, stepLabel } from "./scale.js";

export interface XScale {
  readonly scale: Scale;
  /** With its unit. */
  readonly title: string;
}

export interface XScaleOptions {
  /** In the units of `positions`: steps, seconds, milliseconds since 1970. */
  readonly domain: readonly [number, number];
  /** What a step is called. */
  readonly step: string;
  /** About how many ticks fit. */
  readonly ticks: number;
}

export function xScale(axis: XAxis, { domain, step, ticks }: XScaleOptions): XScale {
  const wide = domain[1] > domain[0] ? domain : roomAround(domain[0]);
  if (axis === "wall") return { scale: clockScale(wide, ticks), title: "time (UTC)" };
  if (axis === "relative") return relativeScale(wide, ticks);
  const whole = linearTicks(wide[0], wide[1], ticks).filter(Number.isInteger);
  const scale = linearScale(wide, ticks);
  return {
    scale: { ...scale, ticks: whole.map((value) => ({ at: scale.place(value), label: stepLabel(value) })) },
    title: step,
  };
}

function roomAround(value: number): [number, number] {
  const room = Math.max(1, Math.abs(value) * 1e-9);
  return [value - room, value + room];
}

function relativeScale(domain: readonly [number, number], ticks: number): XScale {
  const span = domain[1] - Math.min(0, domain[0]);
  const [unit, name] = span >= 3 * 3600 ? [3600, "hours"] : span >= 180 ? [60, "minutes"] : [1, "seconds"];
  const inUnits = linearScale([domain[0] / unit, domain[1] / unit], ticks);
  return {
    title: `${name} since start`,
    scale: {
      ticks: inUnits.ticks,
      place: (seconds) => inUnits.place(seconds / unit),
      value: (place) => inUnits.value(place) * unit,
    },
  };
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const strides = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 30, 91, 365].map((n) => n * day),
];

function clockScale(domain: readonly [number, number], count: number): Scale {
  const scale = linearScale(domain, count);
  const span = domain[1] - domain[0];
  const stride = strides.find((length) => span / length <= count) ?? powerOfTenYears(span / count);
  const first = Math.ceil(domain[0] / stride);
  const last = Math.floor(domain[1] / stride);
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * stride);
  return {
    ...scale,
    ticks: values.map((value) => ({ at: scale.place(value), label: clockLabel(value, stride) })),
  };
}

/** The shortest of 10, 100, 1000, … years that is no shorter than a time. */
function powerOfTenYears(time: number): number {
  return 365 * day * 10 ** Math.ceil(Math.log10(time / (365 * day)));
}

function clockLabel(time: number, stride: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return "";
  const iso = date.toISOString();
  if (stride >= day) return iso.slice(0, 10);
  if (stride >= minute) return iso.slice(11, 16) === "00:00" ? iso.slice(5, 10) : iso.slice(11, 16);
  return stride >= second ? iso.slice(11, 19) : iso.slice(14, 23);
}

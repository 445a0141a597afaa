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
  /** The axis's length: times of day and dates need more of it than numbers. */
  readonly pixels: number;
}

export function xScale(axis: XAxis, { domain, step, ticks, pixels }: XScaleOptions): XScale {
  const wide = domain[1] > domain[0] ? domain : roomAround(domain[0]);
  if (axis === "wall") return { scale: clockScale(wide, { ticks, pixels }), title: "time (UTC)" };
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
  ...[1, 2, 7, 14, 30, 91, 182, 365, 730, 1825].map((n) => n * day),
];

function clockScale(domain: readonly [number, number], room: ClockRoom): Scale {
  const scale = linearScale(domain, room.ticks);
  const { values, stride } = clockTicks(domain, room);
  return {
    ...scale,
    ticks: values.map((value) => ({ at: scale.place(value), label: clockLabel(value, stride) })),
  };
}

type ClockRoom = Pick<XScaleOptions, "ticks" | "pixels">;

interface ClockTicks {
  readonly values: readonly number[];
  readonly stride: number;
}

/** Those of the shortest stride whose labels have room beside each other; at least one, wherever there is any. */
function clockTicks(domain: readonly [number, number], { ticks, pixels }: ClockRoom): ClockTicks {
  const span = domain[1] - domain[0];
  const room = (length: number) => Math.min(ticks, pixels / labelPixels(length));
  const place = strides.findIndex((length) => span / length <= room(length));
  const stride = strides[place] ?? powerOfTenYears(span / room(day));
  const values = multiples(domain, stride);
  if (values.length > 0 || place < 0) return { values, stride };
  const finer = strides.slice(0, place).findLast((length) => multiples(domain, length).length > 0) ?? stride;
  return { values: multiples(domain, finer).slice(0, 1), stride: finer };
}

function multiples([low, high]: readonly [number, number], stride: number): number[] {
  const first = Math.ceil(low / stride);
  const last = Math.floor(high / stride);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * stride);
}

/** What the longest label of a stride takes, with a gap; about 6.4 pixels a character. */
function labelPixels(stride: number): number {
  const characters = stride >= day ? 10 : stride >= minute ? 5 : stride >= second ? 8 : 9;
  return characters * 6.4 + 12;
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

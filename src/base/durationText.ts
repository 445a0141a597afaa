/** A duration as a person reads it. */

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * In the unit that fits, to three digits or two units: `40 ns`, `12 µs`, `6 ms`, `4.25 s`, `2 min 5 s`, `3 h 12 min`, `2 d 4 h`.
 *
 * @param seconds one that is not finite, or is below 0 as of a clock that was set back, keeps its number.
 * @example durationText(0.00600004) // "6 ms"
 */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return `${rounded(seconds)} s`;
  if (seconds === 0) return "0 s";
  if (rounded(seconds * 1e9) < 1000) return `${rounded(seconds * 1e9)} ns`;
  if (rounded(seconds * 1e6) < 1000) return `${rounded(seconds * 1e6)} µs`;
  if (rounded(seconds * 1e3) < 1000) return `${rounded(seconds * 1e3)} ms`;
  if (rounded(seconds) < minute) return `${rounded(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < hour) return units(whole, [minute, "min"], [1, "s"]);
  if (Math.round(whole / minute) * minute < day) return units(whole, [hour, "h"], [minute, "min"]);
  return units(whole, [day, "d"], [hour, "h"]);
}

type Unit = readonly [seconds: number, name: string];

function units(seconds: number, [large, name]: Unit, [small, smallName]: Unit): string {
  const count = Math.round(seconds / small);
  const ratio = large / small;
  const rest = count % ratio;
  const first = `${((count - rest) / ratio).toLocaleString("en-US")} ${name}`;
  return rest === 0 ? first : `${first} ${rest} ${smallName}`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

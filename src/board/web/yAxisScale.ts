/** A chart's vertical scale, chosen as the inline charts choose theirs. */
import { type YMode, yScale } from "../yScale.js";
import { linearScale, logScale, type Scale, symmetricLogScale } from "./scale.js";

interface Described {
  readonly type?: "log" | "symlog";
  readonly domain: readonly [number, number];
  readonly constant?: number;
}

/** @param ticks about how many fit. */
export function yAxisScale(values: Iterable<number>, mode: YMode, ticks: number): Scale {
  const { scale, axis } = yScale(values, mode);
  const { type, domain, constant = 1 } = scale as unknown as Described;
  const given = (axis.values ?? []) as readonly number[];
  // Nothing finite: an axis without values.
  if (given.length === 0 && axis.values !== undefined) return { ...linearScale(domain, ticks), ticks: [] };
  if (type === "symlog") return symmetricLogScale(domain, constant, given);
  if (type !== "log") return linearScale(domain, ticks);
  // Within one decade no power of ten may lie.
  return given.length > 1
    ? logScale(domain, given)
    : logScale(domain, linearScale(domain, ticks).ticks.map(valueAt(domain)));
}

function valueAt([low, high]: readonly [number, number]): (tick: { at: number }) => number {
  return ({ at }) => Number((low + at * (high - low)).toPrecision(6));
}

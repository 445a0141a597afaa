import { inRange } from "../bounds.js";

/** Between which values the momentum goes, against the rate: low where the rate is high. In [0, 1). */
export interface MomentumRange {
  readonly least: number;
  readonly most: number;
}

/** @throws TypeError unless both are given, RangeError unless 0 ≤ least ≤ most < 1. */
export function momentumRange(what: string, given: MomentumRange): MomentumRange {
  if (typeof given !== "object" || given === null)
    throw new TypeError(
      `${what}'s momentum needs { least, most }; it was given ${JSON.stringify(given) ?? String(given)}`,
    );
  const most = inRange(`${what}'s momentum.most`, given.most, { least: 0, below: 1 });
  const least = inRange(`${what}'s momentum.least`, given.least, { least: 0, most });
  return { least, most };
}

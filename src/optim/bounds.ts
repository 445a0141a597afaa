/** Checks of hyper-parameters, with one kind of message. */

interface Bounds {
  readonly least: number;
  readonly below?: number;
  readonly most?: number;
}

/** @throws TypeError unless a number, RangeError unless finite, least ≤ value < below, and value ≤ most. */
export function inRange(what: string, value: number, bounds: Bounds): number {
  const { least, below = Number.POSITIVE_INFINITY, most = Number.POSITIVE_INFINITY } = bounds;
  if (typeof value !== "number")
    throw new TypeError(`${what} must be a number, but is ${JSON.stringify(value) ?? String(value)}`);
  if (!(value >= least && value < below && value <= most)) {
    const upper =
      most < Number.POSITIVE_INFINITY
        ? `and at most ${most}`
        : below < Number.POSITIVE_INFINITY
          ? `and below ${below}`
          : "and finite";
    throw new RangeError(`${what} must be at least ${least} ${upper}, but is ${value}`);
  }
  return value;
}

/** @throws TypeError unless a number, RangeError unless whole and at least 1. */
export function wholeNumber(what: string, value: number): number {
  if (!Number.isSafeInteger(inRange(what, value, { least: 1 })))
    throw new RangeError(`${what} must be a whole number, but is ${value}`);
  return value;
}

/** Checks of hyper-parameters, with one kind of message. */

/** @throws TypeError unless a finite number, RangeError unless least ≤ value < below. */
export function inRange(what: string, value: number, bounds: { least: number; below?: number }): number {
  const { least, below = Number.POSITIVE_INFINITY } = bounds;
  if (typeof value !== "number") throw new TypeError(`${what} must be a number, but is ${String(value)}`);
  if (!(value >= least && value < below)) {
    const upper = below === Number.POSITIVE_INFINITY ? "and finite" : `and below ${below}`;
    throw new RangeError(`${what} must be at least ${least} ${upper}, but is ${value}`);
  }
  return value;
}

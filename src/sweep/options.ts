/** Checks of option values that several parts of a sweep share. */

/** @throws RangeError naming `what`. */
export function positiveInteger(what: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${what} needs a whole number of 1 or more; it was given ${value}`);
  return value;
}

/** What a point must be, held where a person's own enters. */

/** How many there are. Throws a `TypeError` that names the first value that is no number. */
export function checkScalars(values: Readonly<Record<string, number>>): number {
  let count = 0;
  for (const tag in values) {
    const value: unknown = values[tag];
    if (typeof value !== "number")
      throw new TypeError(`log ${JSON.stringify(tag)}: a value must be a number; got ${described(value)}`);
    count++;
  }
  return count;
}

/** Throws a `RangeError` unless it is a non-negative integer. @param what the name of the method */
export function checkStep(what: string, step: number): void {
  if (Number.isSafeInteger(step) && step >= 0) return;
  throw new RangeError(`${what}: a step must be a non-negative integer; got ${step}`);
}

function described(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return value === null ? "null" : typeof value;
}

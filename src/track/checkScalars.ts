/** What a point must be, held where a person's own enters. */
import { checkTag } from "./checkTag.js";

/**
 * How many there are. Throws a `TypeError` for what is no object, or one that names the first value that is no number; what
 * `checkTag` throws.
 */
export function checkScalars(values: Readonly<Record<string, number>>): number {
  if (typeof values !== "object" || values === null)
    throw new TypeError(
      `log: values stand with their tags, such as log({ loss: 0.3 }, 12); got ${described(values)}`,
    );
  let count = 0;
  for (const tag in values) {
    checkTag("log", tag);
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
  if (value === null) return "null";
  return typeof value === "object" && "dataSync" in value
    ? "a tensor, whose number is (await tensor.data())[0]"
    : typeof value;
}

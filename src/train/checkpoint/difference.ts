/** Where two values differ that JSON can say. */
import { exactJson } from "../../base/exactJson.js";

export interface Difference {
  /** Such as `model.layers[2].config.rate`. */
  readonly path: string;
  /** As JSON. */
  readonly had: string;
  readonly has: string;
}

/** The first difference; undefined for equal values. The order of an object's entries says nothing. */
export function difference(had: unknown, has: unknown, path: string): Difference | undefined {
  if (Array.isArray(had) && Array.isArray(has)) {
    if (had.length !== has.length) return difference(had.length, has.length, `${path}.length`);
    return firstOf(has.keys(), (i) => difference(had[i], has[i], `${path}[${i}]`));
  }
  if (isRecord(had) && isRecord(has)) {
    const names = new Set([...Object.keys(has), ...Object.keys(had)]);
    return firstOf(names, (name) => difference(had[name], has[name], `${path}.${name}`));
  }
  const [before, now] = [exactJson(had ?? null), exactJson(has ?? null)];
  return before === now ? undefined : { path, had: before, has: now };
}

function firstOf<T, R>(values: Iterable<T>, look: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = look(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

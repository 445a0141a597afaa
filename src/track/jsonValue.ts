/** Turns what a person put into a configuration into what JSON can hold. */
import type { JsonNumber, JsonValue } from "./runRecord.js";

const longestList = 1000;

/**
 * NaN and infinities become their names, dates ISO text, typed arrays lists, maps objects, sets lists,
 * big integers text, functions and class instances without own `toJSON` their name in brackets.
 * A value that contains itself becomes "[circular]", a list of more than 1000 entries its size: "[Array of 60000]",
 * for data that slipped into a configuration would fill run.json at every heartbeat. Entries that are undefined are
 * left out.
 */
export function toJsonValue(value: unknown, above: readonly object[] = []): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return toJsonNumber(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "symbol") return value.toString();
  if (typeof value === "function") return `[function ${value.name || "anonymous"}]`;
  if (above.includes(value)) return "[circular]";
  return objectToJson(value, [...above, value]);
}

/** A configuration at the door: an object of named values. */
export function toJsonObject(value: object): Record<string, JsonValue> {
  const entries: Record<string, JsonValue> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (entry !== undefined) entries[name] = toJsonValue(entry, [value]);
  }
  return entries;
}

export function toJsonNumber(value: number): JsonNumber {
  return Number.isFinite(value) ? value : (String(value) as JsonNumber);
}

export function fromJsonNumber(value: JsonNumber): number {
  return typeof value === "number" ? value : Number(value);
}

function objectToJson(value: object, above: readonly object[]): JsonValue {
  const list = (entries: Iterable<unknown> & { readonly length?: number; readonly size?: number }) => {
    const count = entries.length ?? entries.size ?? 0;
    if (count > longestList) return `[${entries.constructor.name} of ${count}]`;
    return Array.from(entries, (entry) => toJsonValue(entry, above));
  };
  if (Array.isArray(value) || value instanceof Set) return list(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return list(value as unknown as Iterable<unknown>);
  if (value instanceof Map) return toJsonValue(Object.fromEntries(value), above);
  if ("toJSON" in value && typeof value.toJSON === "function") return toJsonValue(value.toJSON(), above);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return `[${value.constructor.name}]`;
  const entries: Record<string, JsonValue> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (entry !== undefined) entries[name] = toJsonValue(entry, above);
  }
  return entries;
}

/** JSON of what a cell shows, given up as soon as it is too much: V8 would go on until memory ends, and the process with it. */
import { types } from "node:util";
import { isArray, stringify } from "./primordials.js";

/** The text, undefined for what has none; or that there are too many values, and how long the longest list met was. */
export type CountedJson = { readonly json: string | undefined } | { readonly longest: number };

/**
 * As `JSON.stringify`, of at most `most` values: a list or an object counts as one, beside what it holds. Throws what
 * `JSON.stringify` throws.
 */
export function countedJson(value: unknown, most: number): CountedJson {
  let count = 0;
  let longest = 0;
  const enough = {};
  const counted = (_key: string, part: unknown): unknown => {
    count++;
    // Of a typed array V8 gathers the names of all elements before it asks for the first.
    const isList = isArray(part) || types.isTypedArray(part);
    if (isList && part.length > longest) longest = part.length;
    if (count > most || longest > most) throw enough;
    return part;
  };
  try {
    return { json: stringify(value, counted) };
  } catch (error) {
    if (error === enough) return { longest };
    throw error;
  }
}

/** JSON of what a cell shows, given up as soon as it is too much: V8 would go on until memory ends, and the process with it. */
import { types } from "node:util";
import { isArray, stringify } from "./primordials.js";

/** The text, undefined for what has none; or that there are too many values, and how long the longest list met was. */
export type CountedJson = { readonly json: string | undefined } | { readonly longest: number };

/**
 * As `JSON.stringify`, of at most `most` values that are written: a list or an object counts as one, beside what it holds;
 * a field without a value is left out of the text and counts for nothing. Throws what `JSON.stringify` throws.
 */
export function countedJson(value: unknown, most: number): CountedJson {
  let count = 0;
  let longest = 0;
  const enough = {};
  function counted(this: unknown, _key: string, part: unknown): unknown {
    if (typeof part !== "object" || part === null) {
      // Most parts are such: asked about no further.
      if ((isWritten(part) || isArray(this)) && ++count > most) throw enough;
      return part;
    }
    count++;
    // Of a typed array V8 gathers the names of all elements before it asks for the first.
    const isList = isArray(part) || types.isTypedArray(part);
    if (isList && part.length > longest) longest = part.length;
    if (count > most || longest > most) throw enough;
    return part;
  }
  try {
    return { json: stringify(value, counted) };
  } catch (error) {
    if (error === enough) return { longest };
    throw error;
  }
}

/** In a list what is not becomes null. */
function isWritten(part: unknown): boolean {
  return part !== undefined && typeof part !== "function" && typeof part !== "symbol";
}

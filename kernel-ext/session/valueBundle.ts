/** How the value of a cell's last expression looks. */
import { inspect } from "node:util";
import type { CellMaps } from "./cellMaps.js";
import { errorText, isError } from "./errorReport.js";
import { property } from "./property.js";
import type { MimeData } from "./protocol.js";
import { shortForm } from "./shortForm.js";

/** Longest `text/plain` of a value, in UTF-16 units. */
const longestText = 100_000;

const jupyterDisplay = Symbol.for("Jupyter.display");

/**
 * The value's own `toMimeBundle()` or `[Symbol.for("Jupyter.display")]()` (either may be asynchronous), else its
 * text. Rejects when the value's own method throws, or returns no object.
 */
export async function valueBundle(value: unknown, maps: CellMaps): Promise<MimeData> {
  for (const key of ["toMimeBundle", jupyterDisplay] as const) {
    const method = property(value, key);
    if (typeof method !== "function") continue;
    const bundle: unknown = await method.call(value);
    if (bundle === null || typeof bundle !== "object") {
      throw new TypeError(
        `${String(key)} of a shown value must return a MIME bundle, got ${inspect(bundle)}`,
      );
    }
    return bundle as MimeData;
  }
  return { "text/plain": isError(value) ? errorText(value, maps) : valueText(value) };
}

/** One value as text, cut where it would be too long to read. */
export function valueText(value: unknown): string {
  const text =
    shortForm(value) ??
    inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 });
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText)}\n… ${text.length - longestText} more characters`;
}

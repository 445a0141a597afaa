/** How the value of a cell's last expression looks. */
import { inspect } from "node:util";
import type { CellMaps } from "./cellMaps.js";
import { errorText, isError, withoutForeign } from "./errorReport.js";
import { withIntrinsics } from "./intrinsics.js";
import { ownBundle, type ShownValue } from "./ownBundle.js";
import type { MimeData } from "./protocol.js";
import { recordTable } from "./recordTable.js";
import { shortForm } from "./shortForm.js";

/** Longest `text/plain` of a value, in UTF-16 units. */
const longestText = 100_000;

/**
 * What the value says itself (see `ownBundle`), else a table, else its text. Rejects when the value's own method
 * throws, or returns no bundle.
 */
export async function valueBundle(value: unknown, maps: CellMaps): Promise<ShownValue> {
  const own = await ownBundle(value, () => valueText(value, maps));
  if (own) return own;
  return { data: withIntrinsics(() => plainBundle(value, maps)), metadata: {} };
}

function plainBundle(value: unknown, maps: CellMaps): MimeData {
  if (isError(value)) return { "text/plain": errorText(value, maps) };
  const table = recordTable(value);
  if (table) return { "text/plain": table.text, "text/html": table.html };
  return { "text/plain": valueText(value, maps) };
}

/**
 * One value as text, cut where it would be too long to read. Stacks within it are in the person's positions, without
 * foreign frames.
 */
function valueText(value: unknown, maps: CellMaps): string {
  const raw =
    shortForm(value) ??
    inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 });
  const text = raw.includes("    at ") ? maps.asWritten(withoutForeign(maps.mapText(raw))) : raw;
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText)}\n… ${text.length - longestText} more characters`;
}

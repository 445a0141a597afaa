/** How a shown value looks: that of a cell's last expression, or one that is displayed. */
import { types } from "node:util";
import type { CellMaps } from "./cellMaps.js";
import { withPictures } from "./chartPictures.js";
import { errorText, isError, withoutForeign } from "./errorReport.js";
import { inspectSafely } from "./inspectSafely.js";
import { whenSettled, withIntrinsics } from "./intrinsics.js";
import { cutText } from "./longText.js";
import { ownBundle, type ShownValue } from "./ownBundle.js";
import { includes, isArray } from "./primordials.js";
import type { MimeData } from "./protocol.js";
import { recordTable } from "./recordTable.js";
import { settle } from "./settle.js";
import { shortForm } from "./shortForm.js";

/**
 * What the value says itself (see `ownBundle`), a chart with pictures, else a table, else its text. A promise only where a method of the value's
 * gives one. Throws or rejects when such a method throws, or returns no bundle.
 */
export function valueBundle(value: unknown, maps: CellMaps): ShownValue | Promise<ShownValue> {
  const whole = (own: ShownValue | undefined) =>
    own ? withPictures(own) : { data: plainBundle(value, maps), metadata: {} };
  const own = settle(ownBundle(value, () => valueText(value, maps)));
  return types.isPromise(own) ? whenSettled(own, whole) : whole(own as ShownValue | undefined);
}

function plainBundle(value: unknown, maps: CellMaps): MimeData {
  if (isError(value)) return { "text/plain": errorText(value, maps) };
  const table = isArray(value) && value.length >= 2 ? withIntrinsics(() => recordTable(value)) : undefined;
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
    inspectSafely(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 });
  return cutText(
    includes(raw, "    at ") ? withIntrinsics(() => maps.asWritten(withoutForeign(maps.mapText(raw)))) : raw,
  );
}

/** How much a cell may write and show. More would only drown the client, and the kernel on its way there. */

import { OwnMap } from "./intrinsics.js";
import { ownJson } from "./ownJson.js";
import { slice } from "./primordials.js";

/** Most stream text that one cell shows at a time, in UTF-16 units: since it began, or cleared its output. */
export const mostText = 16 * 1024 * 1024;

/** Largest event, in UTF-16 units of its JSON: a display with its pictures. */
export const largestEvent = 100_000_000;

/** Most values of JSON that are shown at once: a client is slow at fewer already, and memory ends at some more. */
export const mostShownValues = 5_000_000;

/** The event as JSON. Throws a RangeError when it is too large to be sent. */
export function boundedJson(event: object): string {
  const json = ownJson(event);
  requireShowable(json.length);
  return json;
}

/** Throws a RangeError for so many UTF-16 units at once. */
export function requireShowable(length: number): void {
  if (length > largestEvent) {
    const megabytes = (units: number) => Math.round(units / 1e6);
    throw new RangeError(
      `what a cell shows at once is at most ${megabytes(largestEvent)} MB, got ${megabytes(length)} MB`,
    );
  }
}

/** Counts what each cell writes, and lets a little more through than may be shown, so that the reader can tell. */
export class TextAllowance {
  private readonly written = new OwnMap<number, number>();

  /** The part of `text` that is to be sent on. */
  admit(cell: number, text: string): string {
    const before = this.written.get(cell) ?? 0;
    if (before > mostText) return "";
    const admitted = slice(text, 0, mostText + 1 - before);
    this.written.set(cell, before + admitted.length);
    return admitted;
  }

  /** The cell's output is cleared: it may be written anew. */
  renew(cell: number): void {
    this.written.delete(cell);
  }
}

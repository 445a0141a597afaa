/** The part of a run that records what is no number: texts, pictures, sounds, tables. */
import type { EventTime } from "./summaryEvent.js";
import { textEvent } from "./textEvent.js";

/** One event of more bytes is refused: TensorBoard holds each it reads in memory. */
export const mostEventBytes = 64 * 2 ** 20;

/** What is recorded, for messages: `text "notes"`. */
export interface MediaPlace {
  /** The name of the method. */
  readonly what: string;
  readonly tag: string;
  /** Without it, one after the tag's last, but no lower than the highest step that was logged. */
  readonly step: number | undefined;
}

export abstract class MediaWriter {
  /** Checks the place, makes the framed record and writes it. */
  protected abstract write(place: MediaPlace, encode: (time: EventTime) => Buffer): void;

  /**
   * Records a text, which TensorBoard shows as Markdown: `run.text("notes", "**why**: the rate was halved", 100)`.
   *
   * @param step Non-negative integer; without it, one after this tag's last, but no lower than the highest step logged.
   * Throws a `TypeError` if it is no text, a `RangeError` if it is empty or over 64 MB, or for a bad step.
   */
  text(tag: string, markdown: string, step?: number): void {
    this.write({ what: "text", tag, step }, (time) => textEvent(tag, markdown, time));
  }
}

/** @throws TypeError if it is none, RangeError if it is empty. */
export function checkTag(what: string, tag: unknown): void {
  if (typeof tag !== "string") throw new TypeError(`${what}: a tag must be a text; got ${typeof tag}`);
  if (tag === "") throw new RangeError(`${what}: a tag must not be empty; got ""`);
}

/** @throws RangeError if `record` is larger than an event may be. */
export function checkEventSize({ what, tag }: MediaPlace, record: Buffer): void {
  if (record.length <= mostEventBytes) return;
  throw new RangeError(
    `${what} ${JSON.stringify(tag)}: what is recorded at once must be at most 64 MB; got ${(record.length / 2 ** 20).toFixed(1)} MB; run.artifact keeps larger files`,
  );
}

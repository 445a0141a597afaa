/**
 * A text as TensorBoard's plugin `text` wants it, which shows it as Markdown.
 * Source: tensorboard/plugins/text/summary_v2.py; its `TextPluginData` is empty at version 0.
 */
import { dataClass } from "./eventFields.js";
import { type EventTime, stringsEvent } from "./summaryEvent.js";

export const textPlugin = "text";

/** @throws TypeError if `text` is no text, RangeError if it is empty. */
export function textEvent(tag: string, text: string, time: EventTime): Buffer {
  if (typeof text !== "string")
    throw new TypeError(`text ${JSON.stringify(tag)}: it must be a text; got ${kindOf(text)}`);
  if (text === "") throw new RangeError(`text ${JSON.stringify(tag)}: a text must not be empty; got ""`);
  const plugin = { name: textPlugin, content: new Uint8Array() };
  return stringsEvent(
    { tag, plugin, dataClass: dataClass.tensor, strings: [Buffer.from(text, "utf8")], scalar: true },
    time,
  );
}

function kindOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "a list" : typeof value;
}

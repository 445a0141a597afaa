/**
 * Pictures as TensorBoard's plugin `images` wants them: DT_STRING [width, height, PNG, PNG, …].
 * Source: tensorboard/plugins/image/summary_v2.py; its `ImagePluginData` is empty at version 0.
 */
import { dataClass } from "./eventFields.js";
import type { Pictures } from "./pictures.js";
import { type EventTime, type StringsValue, stringsEvent } from "./summaryEvent.js";

export const imagePlugin = "images";

/** @param own a field of ours beside them. */
export function imageEvent(
  tag: string,
  { width, height, files }: Pictures,
  time: EventTime & Pick<StringsValue, "own">,
): Buffer {
  const strings = [Buffer.from(String(width)), Buffer.from(String(height)), ...files];
  const plugin = { name: imagePlugin, content: new Uint8Array() };
  const { own } = time;
  return stringsEvent({ tag, plugin, dataClass: dataClass.blobs, strings, ...(own && { own }) }, time);
}

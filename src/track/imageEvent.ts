/**
 * Pictures as TensorBoard's plugin `images` wants them: DT_STRING [width, height, PNG, PNG, …].
 * Source: tensorboard/plugins/image/summary_v2.py; its `ImagePluginData` is empty at version 0.
 */

import type { Pictures } from "../base/png.js";
import { dataClass } from "./eventFields.js";
import { type EventTime, stringsEvent } from "./summaryEvent.js";

export const imagePlugin = "images";

export function imageEvent(tag: string, { width, height, files }: Pictures, time: EventTime): Buffer {
  const strings = [Buffer.from(String(width)), Buffer.from(String(height)), ...files];
  const plugin = { name: imagePlugin, content: new Uint8Array() };
  return stringsEvent({ tag, plugin, dataClass: dataClass.blobs, strings }, time);
}

/**
 * Sound as TensorBoard's plugin `audio` wants it: DT_STRING [WAV].
 * Source: tensorboard/plugins/audio/plugin_data.proto.
 */
import { dataClass } from "./eventFields.js";
import { ProtoMessage } from "./protobuf.js";
import { type EventTime, stringsEvent } from "./summaryEvent.js";

export const audioPlugin = "audio";

/** `AudioPluginData` and its encoding WAV. */
const audioPluginData = { encoding: 2 } as const;
const wav = 11;

export function audioEvent(tag: string, file: Uint8Array, time: EventTime): Buffer {
  const content = new ProtoMessage().integer(audioPluginData.encoding, wav).encode();
  const plugin = { name: audioPlugin, content };
  return stringsEvent({ tag, plugin, dataClass: dataClass.blobs, strings: [file] }, time);
}

/** Decodes what an event's value holds beside numbers: ours, TensorBoard's (tensors of texts), and PyTorch's older form. */
import { metadata, oldAudio, oldImage, pluginData, value } from "./eventFields.js";
import type { ProtoReader } from "./protobuf.js";

/** Parts of a value; all share memory with the bytes that are decoded. */
export interface MediaParts {
  /** Whose the series is. Others than we say it only in the first event of a tag. */
  plugin?: string;
  /** A tensor of texts. */
  strings?: readonly Buffer[];
  /** A tensor of float32 [6, k], little-endian: what a PR curve is in. */
  sixRows?: Buffer;
  oldImage?: { width: number; height: number; content: Buffer | undefined };
  oldAudio?: Buffer;
  /** The field of ours that holds a whole table. */
  table?: Buffer;
  /** The field of ours that holds an evaluation. */
  evaluation?: Buffer;
}

/** Takes the reader's present field into `parts`, if it is one of theirs. */
export function decodeMedia(reader: ProtoReader, parts: MediaParts): void {
  if (reader.field === value.metadata) decodePlugin(reader.message(), parts);
  else if (reader.field === value.image) parts.oldImage = decodeImage(reader.message());
  else if (reader.field === value.audio) decodeAudio(reader.message(), parts);
  else if (reader.field === value.table) parts.table = reader.bytes();
  else if (reader.field === value.evaluation) parts.evaluation = reader.bytes();
}

function decodePlugin(reader: ProtoReader, parts: MediaParts): void {
  while (reader.next()) {
    if (reader.field !== metadata.pluginData) continue;
    const plugin = reader.message();
    while (plugin.next()) if (plugin.field === pluginData.name) parts.plugin = plugin.string();
  }
}

function decodeImage(reader: ProtoReader): NonNullable<MediaParts["oldImage"]> {
  const image: NonNullable<MediaParts["oldImage"]> = { width: 0, height: 0, content: undefined };
  while (reader.next()) {
    if (reader.field === oldImage.width) image.width = reader.integer();
    else if (reader.field === oldImage.height) image.height = reader.integer();
    else if (reader.field === oldImage.content) image.content = reader.bytes();
  }
  return image;
}

function decodeAudio(reader: ProtoReader, parts: MediaParts): void {
  while (reader.next()) if (reader.field === oldAudio.content) parts.oldAudio = reader.bytes();
}

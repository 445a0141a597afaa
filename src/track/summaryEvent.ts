/** Encodes the events that are no plain scalars: file version, histograms, hyper-parameters. */
import { type Histogram, sampleText } from "../base/histogram.js";
import {
  dataClass,
  dataType,
  event,
  metadata,
  pluginData,
  shape,
  summary,
  tensor,
  value,
} from "./eventFields.js";
import { ProtoMessage } from "./protobuf.js";
import { footerBytes, frameRecord, headerBytes } from "./tfRecord.js";

/** When an event happened, as every event carries it. */
export interface EventTime {
  /** Seconds since 1970. */
  readonly wallTime: number;
  /** Non-negative integer. */
  readonly step: number;
}

/** The event that begins every file. */
export function fileVersionEvent(wallTime: number, version: string): Buffer {
  return eventRecord(new ProtoMessage().double(event.wallTime, wallTime).string(event.fileVersion, version));
}

/** Histograms by their tags, in one event. */
export function histogramsEvent(all: ReadonlyMap<string, Histogram>, time: EventTime): Buffer {
  return summaryRecord(
    Array.from(all, ([tag, histogram]) => histogramValue(tag, histogram)),
    time,
  );
}

/**
 * One histogram as the plugin `histograms` wants it: DT_DOUBLE [k, 3] of left edge, right edge, count.
 * TensorBoard needs the plugin's name once per tag and file; it costs 24 bytes, so every event carries it.
 */
function histogramValue(tag: string, histogram: Histogram): ProtoMessage {
  const bins = histogram.counts.length;
  const rows = new Uint8Array(bins * 24);
  const view = new DataView(rows.buffer);
  for (let bin = 0; bin < bins; bin++) {
    view.setFloat64(bin * 24, histogram.edges[bin]!, true);
    view.setFloat64(bin * 24 + 8, histogram.edges[bin + 1]!, true);
    view.setFloat64(bin * 24 + 16, histogram.counts[bin]!, true);
  }
  const content = new ProtoMessage()
    .integer(tensor.dtype, dataType.double)
    .message(tensor.shape, shapeOf([bins, 3]))
    .bytes(tensor.content, rows);
  const message = new ProtoMessage()
    .string(value.tag, tag)
    .message(value.tensor, content)
    .message(value.metadata, histogramMetadata(histogram));
  if (histogram.sampledFrom !== undefined) message.integer(value.sampledFrom, histogram.sampledFrom);
  return message;
}

/** Texts or whole files as a plugin wants them: a tensor of DT_STRING of one dimension, or of none for a single text. */
export interface StringsValue {
  readonly tag: string;
  /** The plugin's name and its own data of the series. */
  readonly plugin: { readonly name: string; readonly content: Uint8Array };
  readonly dataClass: number;
  readonly strings: readonly Uint8Array[];
  readonly scalar?: boolean;
  /** A field of ours, which others skip. */
  readonly own?: { readonly field: number; readonly content: Uint8Array };
}

export function stringsEvent(given: StringsValue, time: EventTime): Buffer {
  const content = new ProtoMessage()
    .integer(tensor.dtype, dataType.string)
    .message(tensor.shape, shapeOf(given.scalar ? [] : [given.strings.length]));
  for (const string of given.strings) content.bytes(tensor.strings, string);
  const message = new ProtoMessage()
    .string(value.tag, given.tag)
    .message(value.tensor, content)
    .message(value.metadata, pluginMetadata(given.plugin.name, given.plugin.content, given.dataClass));
  if (given.own) message.bytes(given.own.field, given.own.content);
  return summaryRecord([message], time);
}

/** A value that only carries metadata of a plugin, with an empty tensor, as the HParams plugin reads it. */
export function metadataEvent(
  tag: string,
  plugin: { readonly name: string; readonly content: Uint8Array },
  time: EventTime,
): Buffer {
  const empty = new ProtoMessage().integer(tensor.dtype, dataType.float).message(tensor.shape, shapeOf([0]));
  const message = new ProtoMessage()
    .string(value.tag, tag)
    .message(value.tensor, empty)
    .message(value.metadata, pluginMetadata(plugin.name, plugin.content));
  return summaryRecord([message], time);
}

function histogramMetadata(histogram: Histogram): ProtoMessage {
  const plain = pluginMetadata("histograms", new Uint8Array());
  const description = sampleText(histogram);
  return description === undefined ? plain : plain.string(metadata.description, description);
}

export function pluginMetadata(
  name: string,
  content: Uint8Array,
  kind: number = dataClass.tensor,
): ProtoMessage {
  const plugin = new ProtoMessage().string(pluginData.name, name).bytes(pluginData.content, content);
  return new ProtoMessage().message(metadata.pluginData, plugin).integer(metadata.dataClass, kind);
}

export function shapeOf(sizes: readonly number[]): ProtoMessage {
  const message = new ProtoMessage();
  for (const size of sizes) message.message(shape.dimension, new ProtoMessage().integer(shape.size, size));
  return message;
}

export function summaryRecord(values: readonly ProtoMessage[], time: EventTime): Buffer {
  const all = new ProtoMessage();
  for (const message of values) all.message(summary.value, message);
  return eventRecord(
    new ProtoMessage()
      .double(event.wallTime, time.wallTime)
      .integer(event.step, time.step)
      .message(event.summary, all),
  );
}

export function eventRecord(message: ProtoMessage): Buffer {
  const data = message.encode();
  const bytes = Buffer.alloc(headerBytes + data.length + footerBytes);
  data.copy(bytes, headerBytes);
  frameRecord(bytes, 0, data.length);
  return bytes;
}

/**
 * Decodes events into a run's series: ours, TensorBoard's (tensors) and PyTorch's (`simple_value`, old histograms).
 */
import type { Histogram } from "../base/histogram.js";
import { dataType, event, oldHistogram, shape, summary, tensor, value } from "./eventFields.js";
import type { PointSink } from "./eventSink.js";
import { decodeMedia, type MediaParts } from "./mediaDecoder.js";
import type { Locate } from "./mediaSink.js";
import { ProtoReader } from "./protobuf.js";

/** Where an event stands: in the bytes that were read, and where those begin in their file. */
export interface EventRange {
  readonly start: number;
  readonly end: number;
  /** Absolute path. */
  readonly file: string;
  readonly fileOffset: number;
}

/**
 * Decodes the event in `bytes[start, end)`. What is nothing that a run holds is skipped.
 * Throws a `SyntaxError` when the bytes are no event; nothing of it is in the sink then.
 */
export function decodeEvent(bytes: Buffer, range: EventRange, sink: PointSink): void {
  const reader = new ProtoReader(bytes, range.start, range.end);
  let wallTime = 0;
  let step = 0;
  const values: DecodedValue[] = [];
  let graph: Buffer | undefined;
  while (reader.next()) {
    if (reader.field === event.wallTime) wallTime = reader.double();
    else if (reader.field === event.step) step = reader.integer();
    else if (reader.field === event.summary) decodeSummary(reader.message(), values);
    else if (reader.field === event.graph) graph = reader.bytes();
  }
  const locate: Locate = (part) => [
    range.file,
    range.fileOffset + part.byteOffset - bytes.byteOffset,
    part.length,
  ];
  if (graph) sink.media.graph(graph, locate);
  for (const { tag, number, histogram, media } of values) {
    if (number !== undefined) sink.series(tag).add(step, number, wallTime);
    const isMedia = sink.media.add(tag, media, { time: { step, wallTime }, locate });
    if (histogram && !isMedia) sink.histogram(tag, { step, wallTime, histogram });
  }
}

interface DecodedValue {
  tag: string;
  number: number | undefined;
  histogram: Histogram | undefined;
  media: MediaParts;
}

function decodeSummary(reader: ProtoReader, into: DecodedValue[]): void {
  while (reader.next()) if (reader.field === summary.value) into.push(decodeValue(reader.message()));
}

function decodeValue(reader: ProtoReader): DecodedValue {
  let tag = "";
  let single: number | undefined;
  let exact: number | undefined;
  let content: TensorContent = {};
  let old: Histogram | undefined;
  let sampledFrom: number | undefined;
  const media: MediaParts = {};
  while (reader.next()) {
    if (reader.field === value.tag) tag = reader.string();
    else if (reader.field === value.simpleValue) single = reader.float();
    else if (reader.field === value.exact) exact = reader.double();
    else if (reader.field === value.tensor) content = decodeTensor(reader.message());
    else if (reader.field === value.histogram) old = decodeOldHistogram(reader.message());
    else if (reader.field === value.sampledFrom) sampledFrom = reader.integer();
    else decodeMedia(reader, media);
  }
  const histogram = old ?? content.histogram;
  return {
    tag,
    number: exact ?? single ?? content.number,
    histogram: histogram && sampledFrom !== undefined ? { ...histogram, sampledFrom } : histogram,
    media: {
      ...media,
      ...(content.strings && { strings: content.strings }),
      ...(content.sixRows && { sixRows: content.sixRows }),
    },
  };
}

interface TensorContent {
  number?: number;
  histogram?: Histogram;
  strings?: readonly Buffer[];
  sixRows?: Buffer;
}

/**
 * Of numbers, one of rank 0 is a scalar, one of [k, 3] a histogram, one of float32 [6, k] a PR curve if its series is one:
 * that also tells what one of [6, 3] is. Others are nothing that is shown here.
 */
function decodeTensor(reader: ProtoReader): TensorContent {
  let type = 0;
  let sizes: number[] = [];
  const numbers: number[] = [];
  const strings: Buffer[] = [];
  let content: Buffer | undefined;
  let packed: Buffer | undefined;
  while (reader.next()) {
    if (reader.field === tensor.dtype) type = reader.integer();
    else if (reader.field === tensor.shape) sizes = decodeShape(reader.message());
    else if (reader.field === tensor.content) content = reader.bytes();
    else if (reader.field === tensor.floats) {
      reader.floats(numbers);
      packed = reader.isBytes ? reader.bytes() : undefined;
    } else if (reader.field === tensor.doubles) reader.doubles(numbers);
    else if (reader.field === tensor.strings) strings.push(reader.bytes());
  }
  if (type === dataType.string) return { strings };
  if (content) readContent(content, type, numbers);
  if (sizes.length === 0 && numbers.length === 1) return { number: numbers[0]! };
  // Packed floats are laid out as a tensor's content.
  const rows = content ?? packed;
  const sixRows =
    type === dataType.float && sizes.length === 2 && sizes[0] === 6 && rows?.length === 24 * (sizes[1] ?? 0)
      ? rows
      : undefined;
  const isHistogram = sizes.length === 2 && sizes[1] === 3 && numbers.length === sizes[0]! * 3;
  return { ...(sixRows && { sixRows }), ...(isHistogram && { histogram: fromRows(numbers) }) };
}

function decodeShape(reader: ProtoReader): number[] {
  const sizes: number[] = [];
  while (reader.next()) {
    if (reader.field !== shape.dimension) continue;
    const dimension = reader.message();
    let size = 0;
    while (dimension.next()) if (dimension.field === shape.size) size = dimension.integer();
    sizes.push(size);
  }
  return sizes;
}

function readContent(content: Buffer, type: number, into: number[]): void {
  if (type === dataType.float) {
    for (let at = 0; at + 4 <= content.length; at += 4) into.push(content.readFloatLE(at));
  } else if (type === dataType.double) {
    for (let at = 0; at + 8 <= content.length; at += 8) into.push(content.readDoubleLE(at));
  }
}

/** Rows of left, right, count. */
function fromRows(rows: readonly number[]): Histogram {
  const bins = rows.length / 3;
  const edges = new Float64Array(bins === 0 ? 0 : bins + 1);
  const counts = new Float64Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    edges[bin] = rows[bin * 3]!;
    edges[bin + 1] = rows[bin * 3 + 1]!;
    counts[bin] = rows[bin * 3 + 2]!;
  }
  return { edges, counts };
}

/**
 * TensorFlow 1's histogram: right edges and counts, with empty bins at both ends, which are left out;
 * the outermost edges are the smallest and largest value (as TensorBoard's data_compat.py does it).
 */
function decodeOldHistogram(reader: ProtoReader): Histogram {
  let min = 0;
  let max = 0;
  const limits: number[] = [];
  const counts: number[] = [];
  while (reader.next()) {
    if (reader.field === oldHistogram.min) min = reader.double();
    else if (reader.field === oldHistogram.max) max = reader.double();
    else if (reader.field === oldHistogram.limits) reader.doubles(limits);
    else if (reader.field === oldHistogram.counts) reader.doubles(counts);
  }
  const first = counts.findIndex((count) => count > 0);
  if (first < 0) return { edges: new Float64Array(), counts: new Float64Array() };
  const last = counts.findLastIndex((count) => count > 0);
  return {
    edges: Float64Array.from([min, ...limits.slice(first, last), max]),
    counts: Float64Array.from(counts.slice(first, last + 1)),
  };
}

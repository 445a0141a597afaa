/**
 * The quick way through events that hold plain scalars only, as `ScalarEncoder` and PyTorch write them:
 * wall_time, step, then a summary of values { tag, simple_value, exact? }. Anything else is left to `decodeEvent`.
 *
 * Invariant: an event is taken whole or not at all.
 */
import { scalarKey as key } from "./eventFields.js";
import type { PointSink } from "./eventSink.js";
import type { SeriesBuilder } from "./seriesBuilder.js";

/** The varint of `key.exact`. */
const exactLow = (key.exact & 127) | 128;
const exactHigh = key.exact >> 7;

interface KnownTag {
  readonly bytes: Uint8Array;
  readonly series: SeriesBuilder;
  /** The one that followed it last time: events of a run repeat their tags in the same order. */
  next: KnownTag | undefined;
}

export class ScalarDecoder {
  readonly #sink: PointSink;
  /** Tags by a hash of their bytes, so that a text is made once a tag, not once a point. */
  readonly #tags = new Map<number, KnownTag>();
  #last: KnownTag | undefined;
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;
  #end = 0;
  /** Values of the present event. */
  readonly #series: SeriesBuilder[] = [];
  readonly #numbers: number[] = [];
  #count = 0;

  constructor(sink: PointSink) {
    this.#sink = sink;
  }

  /** Adds the event in `bytes[start, end)` to the sink, or returns false if it is none of the plain kind. */
  decode(bytes: Buffer, start: number, end: number): boolean {
    if (bytes !== this.#bytes) this.#take(bytes);
    this.#at = start;
    this.#end = end;
    if (end - start < 14 || end > bytes.length || bytes[this.#at++] !== key.wallTime) return false;
    const wallTime = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    let step = 0;
    if (bytes[this.#at] === key.step) {
      this.#at++;
      step = this.#varint();
      if (Number.isNaN(step)) return false;
    }
    if (bytes[this.#at++] !== key.summary || this.#varint() !== end - this.#at) return false;
    this.#count = 0;
    while (this.#at < end) if (!this.#value()) return false;
    for (let i = 0; i < this.#count; i++) this.#series[i]!.add(step, this.#numbers[i]!, wallTime);
    return true;
  }

  #take(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  #value(): boolean {
    const bytes = this.#bytes;
    if (bytes[this.#at++] !== key.value) return false;
    const end = this.#varint() + this.#at;
    if (!(end <= this.#end) || bytes[this.#at++] !== key.tag) return false;
    const tagBytes = this.#varint();
    const tagStart = this.#at;
    this.#at += tagBytes;
    if (!(this.#at + 5 <= end) || bytes[this.#at++] !== key.float) return false;
    let number = this.#view.getFloat32(this.#at, true);
    this.#at += 4;
    if (this.#at + 10 === end && bytes[this.#at] === exactLow && bytes[this.#at + 1] === exactHigh) {
      number = this.#view.getFloat64(this.#at + 2, true);
      this.#at = end;
    }
    if (this.#at !== end) return false;
    this.#series[this.#count] = this.#seriesOf(tagStart, tagStart + tagBytes);
    this.#numbers[this.#count++] = number;
    return true;
  }

  #seriesOf(start: number, end: number): SeriesBuilder {
    const last = this.#last;
    const expected = last?.next;
    const tag =
      expected && same(expected.bytes, this.#bytes, start, end) ? expected : this.#lookUp(start, end);
    if (last) last.next = tag;
    this.#last = tag;
    return tag.series;
  }

  #lookUp(start: number, end: number): KnownTag {
    const bytes = this.#bytes;
    // FNV-1a, 32 bits (Fowler, Noll, Vo).
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
    const known = this.#tags.get(hash);
    if (known && same(known.bytes, bytes, start, end)) return known;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
    const tag = {
      bytes: Uint8Array.from(text),
      series: this.#sink.series(text.toString("utf8")),
      next: undefined,
    };
    if (!known) this.#tags.set(hash, tag);
    return tag;
  }

  /** NaN when it is longer than 49 bits; as a length it then fits nowhere. */
  #varint(): number {
    const first = this.#bytes[this.#at++]!;
    if (first < 128) return first;
    let number = first & 127;
    let scale = 128;
    for (let size = 1; size < 7; size++) {
      const byte = this.#bytes[this.#at++]!;
      number += (byte & 127) * scale;
      if (byte < 128) return number;
      scale *= 128;
    }
    return Number.NaN;
  }
}

function same(tag: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (tag.length !== end - start) return false;
  for (let i = 0; i < tag.length; i++) if (tag[i] !== bytes[start + i]) return false;
  return true;
}

/**
 * Encodes the record of one `log` call. It is the way that must be fast: sizes are reckoned from the parts,
 * the bytes of a tag are made once.
 *
 * Layout: Event { wall_time, step, summary { value { tag, simple_value, exact? }… } }, framed as a record.
 */
import { scalarKey as key } from "./eventFields.js";
import { varintSize, writeVarint } from "./protobuf.js";
import { footerBytes, frameRecord, headerBytes } from "./tfRecord.js";

const floatBytes = 5;
const exactBytes = varintSize(key.exact) + 8;

export class ScalarEncoder {
  #buffer = Buffer.allocUnsafe(4096);
  /** Tag → its field's bytes: key, length, text. */
  readonly #tags = new Map<string, Buffer>();

  /**
   * The framed record, valid until the next call.
   * Values must be numbers, `step` a non-negative integer, `wallTime` in seconds: the caller has checked.
   */
  encode(values: Readonly<Record<string, number>>, step: number, wallTime: number): Buffer {
    let summaryBytes = 0;
    for (const tag in values) {
      const bytes = this.#valueBytes(tag, values[tag]!);
      summaryBytes += 1 + varintSize(bytes) + bytes;
    }
    const eventBytes = 9 + 1 + varintSize(step) + 1 + varintSize(summaryBytes) + summaryBytes;
    const buffer = this.#room(headerBytes + eventBytes + footerBytes);
    let at = headerBytes;
    buffer[at++] = key.wallTime;
    at = buffer.writeDoubleLE(wallTime, at);
    buffer[at++] = key.step;
    at = writeVarint(buffer, at, step);
    buffer[at++] = key.summary;
    at = writeVarint(buffer, at, summaryBytes);
    for (const tag in values) at = this.#writeValue(buffer, at, tag, values[tag]!);
    frameRecord(buffer, 0, eventBytes);
    return buffer.subarray(0, at + footerBytes);
  }

  #valueBytes(tag: string, number: number): number {
    return this.#tag(tag).length + floatBytes + (isFloat32(number) ? 0 : exactBytes);
  }

  #writeValue(buffer: Buffer, start: number, tag: string, number: number): number {
    let at = start;
    buffer[at++] = key.value;
    at = writeVarint(buffer, at, this.#valueBytes(tag, number));
    const tagBytes = this.#tag(tag);
    buffer.set(tagBytes, at);
    at += tagBytes.length;
    buffer[at++] = key.float;
    at = buffer.writeFloatLE(number, at);
    if (isFloat32(number)) return at;
    at = writeVarint(buffer, at, key.exact);
    return buffer.writeDoubleLE(number, at);
  }

  #tag(tag: string): Buffer {
    let bytes = this.#tags.get(tag);
    if (!bytes) {
      const text = Buffer.from(tag, "utf8");
      bytes = Buffer.alloc(1 + varintSize(text.length) + text.length);
      bytes[0] = key.tag;
      text.copy(bytes, writeVarint(bytes, 1, text.length));
      this.#tags.set(tag, bytes);
    }
    return bytes;
  }

  #room(size: number): Buffer {
    if (this.#buffer.length < size) this.#buffer = Buffer.allocUnsafe(size * 2);
    return this.#buffer;
  }
}

/** True when float32 holds the number without loss, NaN included. */
function isFloat32(number: number): boolean {
  return Object.is(Math.fround(number), number);
}

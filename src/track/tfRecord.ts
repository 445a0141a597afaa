/**
 * TensorFlow's record framing: u64le length, masked crc32c of the length, data, masked crc32c of the data.
 *
 * "Truncated" (the file ends inside a record; it may still grow) and "corrupt" (a checksum does not fit)
 * are different outcomes, and neither is an exception.
 */
import { maskedCrc32c, maskedCrcOfView } from "./crc32c.js";

/** Bytes before and after the data of a record. */
export const headerBytes = 12;
export const footerBytes = 4;

export type RecordOutcome =
  /** Data at [start, end) of the bytes given; the next record begins at `next`. */
  | { readonly kind: "record"; readonly start: number; readonly end: number; readonly next: number }
  /** The bytes end inside this record. */
  | { readonly kind: "truncated" }
  /**
   * The bytes [offset, next) are not a valid record; `next` is the next valid one, or the end. `isSure`: what follows the
   * bytes given cannot change that.
   */
  | {
      readonly kind: "corrupt";
      readonly what: "length" | "data";
      readonly next: number;
      readonly isSure: boolean;
    };

/** Frames the `length` bytes of data that lie at `bytes[at + headerBytes]`; `bytes` has room for both frames. */
export function frameRecord(bytes: Buffer, at: number, length: number): void {
  bytes.writeUInt32LE(length, at);
  bytes.writeUInt32LE(0, at + 4);
  bytes.writeUInt32LE(maskedCrc32c(bytes, at, at + 8), at + 8);
  const end = at + headerBytes + length;
  bytes.writeUInt32LE(maskedCrc32c(bytes, at + headerBytes, end), end);
}

/**
 * Where the data end of the record that begins at `offset`, or -1 unless it is whole and valid: the quick way through
 * millions of records, without an object each. `readRecord` says what is wrong with the others.
 */
export function endOfRecord(view: DataView, offset: number): number {
  const start = offset + headerBytes;
  if (start > view.byteLength) return -1;
  const end = start + view.getUint32(offset, true);
  if (end + footerBytes > view.byteLength || view.getInt32(offset + 4, true) !== 0) return -1;
  if (view.getInt32(offset + 8, true) !== maskedCrcOfView(view, offset, offset + 8)) return -1;
  return view.getInt32(end, true) === maskedCrcOfView(view, start, end) ? end : -1;
}

/**
 * The record that begins at `offset`. The caller stops when `offset` is the end of `bytes`.
 *
 * Behind data that do not fit their checksum the next is where their length says, if one begins there and none before:
 * else bytes were lost or added, and the next is searched, as behind a broken length.
 */
export function readRecord(bytes: Buffer, offset: number): RecordOutcome {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (offset + headerBytes > bytes.length) return { kind: "truncated" };
  if (!lengthIsValid(view, offset)) return corrupt("length", nextValid(view, offset + 1), bytes.length);
  const start = offset + headerBytes;
  const end = start + recordLength(view, offset);
  const next = end + footerBytes;
  if (next > bytes.length) return { kind: "truncated" };
  if (view.getInt32(end, true) === maskedCrcOfView(view, start, end))
    return { kind: "record", start, end, next };
  const inside = nextValid(view, start);
  if (inside < next) return corrupt("data", inside, bytes.length);
  if (next + headerBytes > bytes.length) return { kind: "corrupt", what: "data", next, isSure: false };
  return corrupt("data", lengthIsValid(view, next) ? next : inside, bytes.length);
}

/** Where a valid record begins among the bytes [from, end), or undefined: such are no part of one that is not yet whole. */
export function recordWithin(bytes: Buffer, from: number): number | undefined {
  const next = nextValid(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), from);
  return next < bytes.length ? next : undefined;
}

function corrupt(what: "length" | "data", next: number, end: number): RecordOutcome {
  return { kind: "corrupt", what, next, isSure: next < end };
}

function lengthIsValid(view: DataView, offset: number): boolean {
  return view.getInt32(offset + 8, true) === maskedCrcOfView(view, offset, offset + 8);
}

function recordLength(view: DataView, offset: number): number {
  return view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 2 ** 32;
}

/** Where the next whole, valid record begins, or the end: after a broken length there is no other way on. */
function nextValid(view: DataView, from: number): number {
  for (let offset = from; offset + headerBytes + footerBytes <= view.byteLength; offset++) {
    if (lengthIsValid(view, offset) && endOfRecord(view, offset) >= 0) return offset;
  }
  return view.byteLength;
}

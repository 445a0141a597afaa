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
  /** The bytes [offset, next) are not a valid record; `next` is the next valid one or the end. */
  | { readonly kind: "corrupt"; readonly what: "length" | "data"; readonly next: number };

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

/** The record that begins at `offset`. The caller stops when `offset` is the end of `bytes`. */
export function readRecord(bytes: Buffer, offset: number): RecordOutcome {
  if (offset + headerBytes > bytes.length) return { kind: "truncated" };
  if (!lengthIsValid(bytes, offset)) {
    return { kind: "corrupt", what: "length", next: nextValid(bytes, offset + 1) };
  }
  const start = offset + headerBytes;
  const end = start + recordLength(bytes, offset);
  if (end + footerBytes > bytes.length) return { kind: "truncated" };
  if (bytes.readUInt32LE(end) !== maskedCrc32c(bytes, start, end)) {
    return { kind: "corrupt", what: "data", next: end + footerBytes };
  }
  return { kind: "record", start, end, next: end + footerBytes };
}

function lengthIsValid(bytes: Buffer, offset: number): boolean {
  return bytes.readUInt32LE(offset + 8) === maskedCrc32c(bytes, offset, offset + 8);
}

function recordLength(bytes: Buffer, offset: number): number {
  return bytes.readUInt32LE(offset) + bytes.readUInt32LE(offset + 4) * 2 ** 32;
}

/** Where the next whole, valid record begins, or the end: after a broken length there is no other way on. */
function nextValid(bytes: Buffer, from: number): number {
  for (let offset = from; offset + headerBytes + footerBytes <= bytes.length; offset++) {
    if (lengthIsValid(bytes, offset) && readRecord(bytes, offset).kind === "record") return offset;
  }
  return bytes.length;
}

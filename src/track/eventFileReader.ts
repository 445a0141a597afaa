/**
 * Reads one growing event file, from where it stopped last time.
 *
 * Invariants: `#offset` is where a record begins; a truncated end is tried again when the file has grown;
 * a corrupt record is named once and left out, every other record is read.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { decodeEvent } from "./eventDecoder.js";
import type { PointSink } from "./eventSink.js";
import type { ReadProblem } from "./runData.js";
import { ScalarDecoder } from "./scalarDecoder.js";
import { endOfRecord, footerBytes, headerBytes, readRecord, recordWithin } from "./tfRecord.js";

/** Bytes read at once; a record that is longer makes the window grow. Not more than a core's cache holds. */
const windowBytes = 2 ** 18;

/** The window of all readers, which take turns: memory of its own costs each as much as reading does. */
const sharedWindow = Buffer.allocUnsafeSlow(windowBytes);

/** What was read is no longer what lies in the file: it has to be read from its start. */
export class ReplacedFile extends Error {
  constructor(readonly file: string) {
    super(`read ${file}: the file was replaced or cut while it was read`);
  }
}

export class EventFileReader {
  readonly #path: string;
  /** As it is named in problems. */
  readonly #name: string;
  readonly #sink: PointSink;
  readonly #scalars: ScalarDecoder;
  readonly #corrupt: ReadProblem[] = [];
  #truncated: ReadProblem | undefined;
  #offset = 0;
  /** Size and identity of the file when last read. */
  #size = 0;
  #inode = 0;
  #window = windowBytes;
  #lastWrite = 0;

  constructor(path: string, name: string, sink: PointSink) {
    this.#path = path;
    this.#name = name;
    this.#sink = sink;
    this.#scalars = new ScalarDecoder(sink);
  }

  get problems(): readonly ReadProblem[] {
    return this.#truncated ? [...this.#corrupt, this.#truncated] : this.#corrupt;
  }

  /** When the file was last written, in seconds since 1970, as of the last reading. */
  get lastWrite(): number {
    return this.#lastWrite;
  }

  /** Adds to the sink what was written since the last call; false when nothing was. */
  refresh(): boolean {
    const descriptor = openSync(this.#path, "r");
    try {
      const { size, ino, mtimeMs } = fstatSync(descriptor);
      this.#lastWrite = mtimeMs / 1000;
      if (size === this.#size && ino === this.#inode) return false;
      if (size < this.#size || (this.#inode !== 0 && ino !== this.#inode)) {
        throw new ReplacedFile(this.#name);
      }
      this.#inode = ino;
      this.#truncated = undefined;
      while (this.#offset < size && this.#readWindow(descriptor, size));
      // Only now: what a failing disk did not give is asked for again.
      this.#size = size;
      return true;
    } finally {
      closeSync(descriptor);
    }
  }

  /** Reads records from one window; false when no further can be read now. */
  #readWindow(descriptor: number, size: number): boolean {
    const wanted = Math.min(this.#window, size - this.#offset);
    const bytes = wanted > windowBytes ? Buffer.allocUnsafe(wanted) : sharedWindow.subarray(0, wanted);
    const length = readSync(descriptor, bytes, 0, bytes.length, this.#offset);
    if (length === 0) throw new ReplacedFile(this.#name);
    const last = this.#offset + length >= size;
    const used = this.#readRecords(bytes.subarray(0, length), last);
    this.#offset += used;
    if (used === 0 && !last) this.#window *= 4;
    return used > 0 || !last;
  }

  /** Number of bytes done with. */
  #readRecords(bytes: Buffer, last: boolean): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    while (at < bytes.length) {
      const end = endOfRecord(view, at);
      if (end >= 0) {
        this.#decode(bytes, at + headerBytes, end);
        at = end + footerBytes;
        continue;
      }
      const next = this.#readUnusual(bytes, at, last);
      if (next === undefined) break;
      at = next;
    }
    return at;
  }

  /** Where to go on behind what is not a whole, valid record; undefined if that cannot be said yet. */
  #readUnusual(bytes: Buffer, at: number, last: boolean): number | undefined {
    const record = readRecord(bytes, at);
    if (record.kind === "record") {
      this.#decode(bytes, record.start, record.end);
      return record.next;
    }
    if (record.kind === "truncated") return last ? this.#readEnd(bytes, at) : undefined;
    // What else belongs to it can only be seen in a window that shows more.
    if (!record.isSure && !last) return undefined;
    this.#leaveOut(at, record.next, `the checksum of the ${record.what} does not fit`);
    return record.next;
  }

  /** A record that reaches past the end of the file: it may still grow, unless others follow inside of it. */
  #readEnd(bytes: Buffer, at: number): number | undefined {
    const next = recordWithin(bytes, at + 1);
    if (next === undefined) {
      this.#truncated = this.#problem("truncated", at, "the file ends inside a record");
      return undefined;
    }
    this.#leaveOut(at, next, "others follow inside of the record");
    return next;
  }

  #leaveOut(at: number, next: number, why: string): void {
    this.#corrupt.push(this.#problem("corrupt", at, `${next - at} bytes are left out: ${why}`));
  }

  #decode(bytes: Buffer, start: number, end: number): void {
    if (this.#scalars.decode(bytes, start, end)) return;
    // The window is used again: what a decoder keeps of an event must not change with it.
    const own = Buffer.from(bytes.subarray(start, end));
    try {
      decodeEvent(
        own,
        { start: 0, end: own.length, file: this.#path, fileOffset: this.#offset + start },
        this.#sink,
      );
    } catch (error) {
      this.#corrupt.push(this.#problem("corrupt", start - headerBytes, (error as Error).message));
    }
  }

  #problem(kind: ReadProblem["kind"], at: number, message: string): ReadProblem {
    return { file: this.#name, offset: this.#offset + at, kind, message };
  }
}

/**
 * Reads one growing event file, from where it stopped last time.
 *
 * Invariants: `#offset` is where a record begins; a truncated end is tried again when the file has grown;
 * a corrupt record is named once and left out, every other record is read.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { decodeEvent } from "./eventDecoder.js";
import type { EventSink } from "./eventSink.js";
import type { ReadProblem } from "./runData.js";
import { ScalarDecoder } from "./scalarDecoder.js";
import { readRecord } from "./tfRecord.js";

/** Bytes read at once; a record that is longer makes the window grow. */
const windowBytes = 4 * 2 ** 20;

export class EventFileReader {
  readonly #path: string;
  /** As it is named in problems. */
  readonly #name: string;
  readonly #sink: EventSink;
  readonly #scalars: ScalarDecoder;
  readonly #corrupt: ReadProblem[] = [];
  #truncated: ReadProblem | undefined;
  #offset = 0;
  /** Size and identity of the file when last read. */
  #size = 0;
  #inode = 0;
  #window = windowBytes;

  constructor(path: string, name: string, sink: EventSink) {
    this.#path = path;
    this.#name = name;
    this.#sink = sink;
    this.#scalars = new ScalarDecoder(sink);
  }

  get problems(): readonly ReadProblem[] {
    return this.#truncated ? [...this.#corrupt, this.#truncated] : this.#corrupt;
  }

  /** Adds to the sink what was written since the last call; false when nothing was. */
  refresh(): boolean {
    const descriptor = openSync(this.#path, "r");
    try {
      const { size, ino } = fstatSync(descriptor);
      if (size === this.#size && ino === this.#inode) return false;
      if (size < this.#size || (this.#inode !== 0 && ino !== this.#inode)) {
        throw new Error(`read ${this.#name}: the file was replaced or cut while it was read`);
      }
      this.#inode = ino;
      this.#size = size;
      this.#truncated = undefined;
      while (this.#offset < size && this.#readWindow(descriptor, size));
      return true;
    } finally {
      closeSync(descriptor);
    }
  }

  /** Reads records from one window; false when no further can be read now. */
  #readWindow(descriptor: number, size: number): boolean {
    const bytes = Buffer.allocUnsafe(Math.min(this.#window, size - this.#offset));
    const length = readSync(descriptor, bytes, 0, bytes.length, this.#offset);
    if (length === 0) throw new Error(`read ${this.#name}: the file was cut while it was read`);
    const last = this.#offset + length >= size;
    const used = this.#readRecords(bytes.subarray(0, length), last);
    this.#offset += used;
    if (used === 0 && !last) this.#window *= 4;
    return used > 0 || !last;
  }

  /** Number of bytes done with. */
  #readRecords(bytes: Buffer, last: boolean): number {
    let at = 0;
    while (at < bytes.length) {
      const record = readRecord(bytes, at);
      if (record.kind === "truncated") {
        if (last) this.#truncated = this.#problem("truncated", at, `the file ends inside a record`);
        break;
      }
      if (record.kind === "corrupt") {
        // Without a valid length the next record can only be found where it can be seen whole.
        if (record.what === "length" && record.next >= bytes.length && !last) break;
        const what = `${record.next - at} bytes are left out: the checksum of the ${record.what} does not fit`;
        this.#corrupt.push(this.#problem("corrupt", at, what));
      } else this.#decode(bytes, record);
      at = record.next;
    }
    return at;
  }

  #decode(bytes: Buffer, range: { start: number; end: number }): void {
    if (this.#scalars.decode(bytes, range.start, range.end)) return;
    try {
      decodeEvent(bytes, range, this.#sink);
    } catch (error) {
      this.#corrupt.push(this.#problem("corrupt", range.start, (error as Error).message));
    }
  }

  #problem(kind: ReadProblem["kind"], at: number, message: string): ReadProblem {
    return { file: this.#name, offset: this.#offset + at, kind, message };
  }
}

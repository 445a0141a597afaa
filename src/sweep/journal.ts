/**
 * The append-only file of a sweep: JSON lines, one a record.
 *
 * Invariants: what `append` returned from is on the operating system's side (a kill of this process loses none of
 * it); what `sync` resolved for is on the disk. A line cut short by a kill is at the very end: readers leave it out,
 * the next writer removes it. Any other line that is no record is damage and is told.
 */
import { closeSync, fdatasync, ftruncateSync, openSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import { textIfThere } from "../base/textIfThere.js";
import { formatRecord, type JournalRecord, parseRecord } from "./journalRecord.js";

const syncData = promisify(fdatasync);

export interface JournalContent {
  readonly records: readonly JournalRecord[];
  /** Bytes up to the end of the last whole line. */
  readonly length: number;
  /** Sentences about lines that could not be read. */
  readonly problems: readonly string[];
}

/** Reads every whole record. A missing file has none. */
export function readJournal(file: string): JournalContent {
  const text = textIfThere(file) ?? "";
  const end = text.lastIndexOf("\n") + 1;
  const records: JournalRecord[] = [];
  const problems: string[] = [];
  text
    .slice(0, end)
    .split("\n")
    .forEach((line, index) => {
      if (line === "") return;
      try {
        records.push(parseRecord(line));
      } catch (error) {
        problems.push(`${file} line ${index + 1} is no record: ${(error as Error).message}`);
      }
    });
  return { records, length: Buffer.byteLength(text.slice(0, end)), problems };
}

/** The one writer of a journal. */
export class Journal {
  private readonly descriptor: number;
  /** Bytes up to the end of the last record that `append` returned from. */
  private length: number;
  private pending: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  /**
   * Opens `file` for appending, creating it; cuts off what stands behind `length` (a torn last line).
   *
   * @param assertOwned throws once another process writes the file: nothing is appended then
   */
  constructor(
    file: string,
    length: number,
    private readonly assertOwned: () => void = () => {},
  ) {
    this.descriptor = openSync(file, "a");
    ftruncateSync(this.descriptor, length);
    this.length = length;
  }

  /** A record that does not fit on the disk leaves nothing behind, so that the next one begins a line of its own. */
  append(record: JournalRecord): void {
    this.assertOwned();
    const bytes = Buffer.from(`${formatRecord(record)}\n`);
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.descriptor, bytes, written);
    } catch (error) {
      ftruncateSync(this.descriptor, this.length);
      throw error;
    }
    this.length += bytes.length;
  }

  /** Resolves when everything appended before this call is on the disk. Calls that overlap share one flush. */
  sync(): Promise<void> {
    // A flush under way may have begun before the caller's record was written: only the one after it counts.
    if (this.next) return this.next;
    if (this.pending) {
      this.next = this.pending.then(() => this.flush());
      return this.next;
    }
    return this.flush();
  }

  private flush(): Promise<void> {
    this.next = undefined;
    const flushed = syncData(this.descriptor).finally(() => {
      if (this.pending === flushed) this.pending = undefined;
    });
    this.pending = flushed;
    return flushed;
  }

  async close(): Promise<void> {
    await this.sync();
    closeSync(this.descriptor);
  }
}

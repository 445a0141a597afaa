/**
 * Writes one event file: the only place where points reach the disk.
 *
 * Invariants: a file is made new and never appended to by another writer (a record after a torn one makes
 * TensorBoard show wrong values); one `write(2)` a record, so what `append` returned from survives the end of
 * this process; after a write that did not go through whole, the file is left and a new one begun.
 */
import { closeSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Clock } from "../base/clock.js";
import { fileVersion } from "./eventFields.js";
import { fileVersionEvent } from "./summaryEvent.js";

let opened = 0;

export class EventFile {
  readonly path: string;
  #descriptor: number | undefined;
  #size = 0;

  /** Makes a new file in `folder`, named after every file already there. Throws what the file system says. */
  constructor(folder: string, clock: Clock) {
    const seconds = Math.max(Math.floor(clock.wallTime()), lastTime(folder) + 1);
    const name = `events.out.tfevents.${String(seconds).padStart(10, "0")}.${hostname()}.${process.pid}.${opened++}`;
    this.path = join(folder, name);
    this.#descriptor = openSync(this.path, "wx");
    try {
      this.append(fileVersionEvent(clock.wallTime(), fileVersion));
    } catch (error) {
      rmSync(this.path, { force: true });
      throw error;
    }
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#size;
  }

  /** Writes one framed record whole, or throws; after that no more can be appended. */
  append(record: Buffer): void {
    if (this.#descriptor === undefined) throw new Error(`append to ${this.path}: the file is closed`);
    try {
      const written = writeSync(this.#descriptor, record, 0, record.length);
      if (written < record.length) {
        throw new Error(`append to ${this.path}: ${written} of ${record.length} bytes could be written`);
      }
      this.#size += written;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    if (this.#descriptor === undefined) return;
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    closeSync(descriptor);
  }
}

/** The latest time in the names of the folder's event files; readers take files in the order of their names. */
function lastTime(folder: string): number {
  let last = 0;
  for (const name of readdirSync(folder)) {
    const match = /^events\.out\.tfevents\.(\d+)\./.exec(name);
    if (match) last = Math.max(last, Number(match[1]));
  }
  return last;
}

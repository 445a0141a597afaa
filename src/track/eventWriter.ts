/**
 * A writer's stream of events: goes on over errors of the file system.
 *
 * Training must not stop because logging cannot go on. A record that could not be written is kept (up to
 * `keepBytes` of memory, beyond which the oldest are given up) and written into a new file once the disk takes it again;
 * the person is told once when logging stops, and once how it ended.
 *
 * A file that has grown to `fileBytes` is followed by a new one. Where none can be made, the old one goes on.
 */
import type { Clock } from "../base/clock.js";
import type { Histogram } from "../base/histogram.js";
import { EventFile } from "./eventFile.js";
import { ScalarEncoder } from "./scalarEncoder.js";
import { histogramsEvent } from "./summaryEvent.js";

const keepBytes = 16 * 2 ** 20;
/** What a kept record takes beside its bytes. */
const keptOverhead = 128;
const defaultFileBytes = 256 * 2 ** 20;
/** Seconds between two tries while the disk refuses: doubled after each that fails, up to a minute. */
const firstRetry = 1;
const longestRetry = 60;

export interface EventWriterOptions {
  readonly clock: Clock;
  /** Told in a sentence what could not be recorded. */
  readonly onProblem: (sentence: string) => void;
  /** A file of so many bytes is followed by a new one, ≥ 1. Default: 256 MiB. */
  readonly fileBytes?: number;
}

export class EventWriter {
  readonly #folder: string;
  readonly #options: EventWriterOptions;
  readonly #scalars = new ScalarEncoder();
  #file: EventFile;
  /** The size at which the present file is to be followed by a new one. */
  #full: number;
  /** Records not yet written, oldest first. */
  readonly #kept = new Set<Buffer>();
  #keptBytes = 0;
  #lost = 0;
  /** Stops and recoveries are told once each; a disk on the brink would tell them every second. */
  readonly #told = { stop: false, recovery: false };
  #lastTry = Number.NEGATIVE_INFINITY;
  #retryAfter = firstRetry;
  #newest: number | undefined;

  /** `folder` exists and belongs to this writer alone. Throws when no file can be made in it. */
  constructor(folder: string, options: EventWriterOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#full = this.#fileBytes;
    this.#file = new EventFile(folder, options.clock);
  }

  /** When scalars or histograms were given last, in seconds since 1970. */
  get newest(): number | undefined {
    return this.#newest;
  }

  scalars(values: Readonly<Record<string, number>>, step: number): void {
    this.#newest = this.#options.clock.wallTime();
    this.append(this.#scalars.encode(values, step, this.#newest));
  }

  histograms(all: ReadonlyMap<string, Histogram>, step: number): void {
    this.#newest = this.#options.clock.wallTime();
    this.append(histogramsEvent(all, { wallTime: this.#newest, step }));
  }

  /** Writes a framed record; when it returns without a problem told, the operating system has it. */
  append(record: Buffer): void {
    if (this.#refusing) {
      this.#keep(record);
      return;
    }
    try {
      if (this.#file.size >= this.#full) this.#rotate();
      this.#file.append(record);
    } catch (error) {
      this.#tell(
        "stop",
        `logging to ${this.#folder} stopped: ${(error as Error).message}. Training goes on; points are kept in memory (the last ${keepBytes / 2 ** 20} MiB) and written when the disk takes them again.`,
      );
      this.#keep(record, { tryNow: false });
    }
  }

  /** Writes what was kept, if it can be, and closes the file. Tells what goes wrong; never throws. */
  close(): void {
    if (this.#refusing) this.#writeKept();
    const lost = this.#kept.size + this.#lost;
    if (lost > 0) this.#options.onProblem(`logging to ${this.#folder} ended: ${lost} records were lost.`);
    try {
      this.#file.close();
    } catch (error) {
      // A network disk may tell only now that it could not keep what it took.
      this.#options.onProblem(`logging to ${this.#folder} ended: ${(error as Error).message}`);
    }
  }

  get #fileBytes(): number {
    return this.#options.fileBytes ?? defaultFileBytes;
  }

  /** A folder that takes no new file may still take more of the old one, which is whole. */
  #rotate(): void {
    let next: EventFile;
    try {
      next = new EventFile(this.#folder, this.#options.clock);
    } catch {
      this.#full = this.#file.size + this.#fileBytes;
      return;
    }
    const before = this.#file;
    this.#file = next;
    this.#full = this.#fileBytes;
    before.close();
  }

  get #refusing(): boolean {
    return this.#kept.size > 0;
  }

  #keep(record: Buffer, { tryNow = true } = {}): void {
    this.#kept.add(Buffer.from(record));
    this.#keptBytes += record.length + keptOverhead;
    for (const oldest of this.#kept) {
      if (this.#keptBytes <= keepBytes) break;
      this.#forget(oldest);
      this.#lost++;
    }
    const now = this.#options.clock.wallTime();
    if (!tryNow) this.#lastTry = now;
    else if (Math.abs(now - this.#lastTry) >= this.#retryAfter) this.#writeKept();
  }

  #writeKept(): void {
    this.#lastTry = this.#options.clock.wallTime();
    try {
      this.#file.close();
      this.#file = new EventFile(this.#folder, this.#options.clock);
      this.#full = this.#fileBytes;
      for (const record of this.#kept) {
        this.#file.append(record);
        this.#forget(record);
      }
    } catch {
      // Still refused, and already told.
      this.#retryAfter = Math.min(this.#retryAfter * 2, longestRetry);
      return;
    }
    this.#retryAfter = firstRetry;
    const lost = this.#lost > 0 ? `${this.#lost} records were lost` : "nothing was lost";
    this.#tell("recovery", `logging to ${this.#folder} goes on: ${lost}.`);
  }

  #tell(what: "stop" | "recovery", sentence: string): void {
    if (this.#told[what]) return;
    this.#told[what] = true;
    this.#options.onProblem(sentence);
  }

  #forget(record: Buffer): void {
    this.#kept.delete(record);
    this.#keptBytes -= record.length + keptOverhead;
  }
}

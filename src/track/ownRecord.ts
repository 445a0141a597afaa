/**
 * The record of a run that this process writes: `run.json` with its signs of life.
 *
 * Invariant: once another process has resumed the run, nothing of it is written any more.
 */
import { join } from "node:path";
import { LowSync } from "lowdb";
import { type Clock, isoTime } from "../base/clock.js";
import { JsonFile } from "./jsonFile.js";
import { heartbeatEvery } from "./owner.js";
import { withProblem } from "./problems.js";
import type { RunRecord } from "./runRecord.js";
import type { RunSummary } from "./runSummary.js";
import { successorOf } from "./successor.js";

export interface OwnRecordParts {
  readonly dir: string;
  readonly record: RunRecord;
  readonly clock: Clock;
  readonly warn: (sentence: string) => void;
  /** Of the values that are logged: the record has it as it is when it is asked for. */
  readonly summary: RunSummary;
}

export class OwnRecord {
  readonly #parts: OwnRecordParts;
  readonly #store: LowSync<RunRecord>;
  #heartbeat: NodeJS.Timeout | undefined;
  #takenOver = false;

  /** Writes it. */
  constructor(parts: OwnRecordParts) {
    this.#parts = parts;
    this.#store = new LowSync<RunRecord>(new JsonFile(join(parts.dir, "run.json")), parts.record);
    this.#store.write();
  }

  /** As it was kept last, with the summary of then. */
  get kept(): RunRecord {
    return this.#store.data;
  }

  /** With the summary of now. */
  get present(): RunRecord {
    return { ...this.kept, summary: { ...this.kept.summary, ...this.#parts.summary.toJSON() } };
  }

  /** Shows from now on that the process lives. */
  beat(): void {
    this.#heartbeat = setInterval(() => this.#beatOnce(), heartbeatEvery * 1000);
    this.#heartbeat.unref();
  }

  /** Who lives so long after an interrupt was not ended by it. */
  #beatOnce(): void {
    const { interruptedAt: _, ...kept } = this.kept;
    this.#store.data = kept;
    this.save({});
  }

  stopBeating(): void {
    clearInterval(this.#heartbeat);
  }

  /** Changes it; the next `save` writes it. */
  change(changes: Partial<RunRecord>): void {
    this.#store.data = { ...this.kept, ...changes };
  }

  /** Tells in a sentence what could not be recorded, and keeps it. */
  problem(sentence: string): void {
    this.#parts.warn(sentence);
    this.change({ problems: withProblem(this.kept.problems, sentence) });
  }

  /** Writes run.json with `changes`, a sign of life and the present summary. An error of the disk is told once. */
  save(changes: Partial<RunRecord>): void {
    const heartbeat = isoTime(this.#parts.clock);
    this.#store.data = { ...this.present, heartbeat, ...changes };
    try {
      if (this.#isTakenOver()) return;
      this.#store.write();
    } catch (error) {
      const sentence = `write ${join(this.#parts.dir, "run.json")}: ${(error as Error).message}`;
      if (!this.kept.problems.includes(sentence)) this.problem(sentence);
    }
  }

  /** Two processes never write one record: who has resumed a run that looked dead has it from then on. */
  #isTakenOver(): boolean {
    if (this.#takenOver) return true;
    const { dir, record, warn } = this.#parts;
    const successor = successorOf(dir, record.resumed);
    if (!successor) return false;
    this.#takenOver = true;
    this.stopBeating();
    warn(
      `run "${record.name}" was resumed by process ${successor.pid} on ${successor.host}, which saw no sign of life of this one: its run.json is that process's now`,
    );
    return true;
  }
}

/**
 * A run that is being written: `log`, `histogram`, `finish`.
 *
 * Lifecycle: made by `openRun`; any number of points; `finish` once (again is harmless). A run still open
 * when its process ends is finished by it, if the process ends in order.
 * Invariant: this process is the only one that writes `run.json`; events lie in a folder of this writer.
 */

import { join } from "node:path";
import { LowSync } from "lowdb";
import type { Clock } from "../base/clock.js";
import { isoTime } from "../base/clock.js";
import type { Histogram } from "../base/histogram.js";
import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { whatComputes } from "./environment.js";
import { EventWriter } from "./eventWriter.js";
import { hparamsOf, sessionEndEvent, sessionStartEvent } from "./hparams.js";
import { JsonFile } from "./jsonFile.js";
import { toJsonObject } from "./jsonValue.js";
import { heartbeatEvery } from "./owner.js";
import type { ScalarSeries } from "./runData.js";
import type { EndStatus, ModelSummary, RunRecord } from "./runRecord.js";
import { RunSummary } from "./runSummary.js";

/** What may be added to a run's record after it was opened. */
export interface RunDetails {
  /** Added to what the run was opened with, which wins. */
  readonly config?: object;
  readonly model?: ModelSummary;
  readonly seed?: number;
  readonly environment?: object;
  readonly notes?: string;
}

export interface RunParts {
  readonly dir: string;
  readonly record: RunRecord;
  /** Sub-folder of the events, not used by any living writer. */
  readonly writerFolder: string;
  readonly clock: Clock;
  readonly warn: (sentence: string) => void;
  readonly onFinish: (run: Run) => void;
  /** What was logged before the run was resumed. */
  readonly history?: ReadonlyMap<string, ScalarSeries>;
}

export class Run {
  readonly dir: string;
  readonly #parts: RunParts;
  readonly #store: LowSync<RunRecord>;
  readonly #events: EventWriter;
  readonly #summary = new RunSummary();
  readonly #heartbeat: NodeJS.Timeout;
  #nextStep = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(parts: RunParts) {
    this.dir = parts.dir;
    this.#parts = parts;
    this.#store = new LowSync<RunRecord>(new JsonFile(join(parts.dir, "run.json")), parts.record);
    this.#store.write();
    for (const [tag, series] of parts.history ?? []) this.#recall(tag, series);
    const { clock } = parts;
    this.#events = new EventWriter(parts.writerFolder, { clock, onProblem: (text) => this.problem(text) });
    const { config, group, name } = parts.record;
    const session = { group: group ?? name, wallTime: clock.wallTime() };
    this.#events.append(sessionStartEvent(hparamsOf(config), session));
    this.#heartbeat = setInterval(() => this.#save({}), heartbeatEvery * 1000);
    this.#heartbeat.unref();
  }

  /** Eight letters and digits. */
  get id(): string {
    return this.record.id;
  }

  get name(): string {
    return this.record.name;
  }

  /** What run.json holds, the summary of the values included. */
  get record(): RunRecord {
    return { ...this.#store.data, summary: { ...this.#store.data.summary, ...this.#summary.toJSON() } };
  }

  /**
   * Records scalars at a step: `run.log({ "train/loss": 0.3 }, 12)`.
   * When it returned, the operating system has them: the end of this process loses none.
   *
   * @param step Non-negative integer; without it, the one after the highest step logged.
   * Throws a `TypeError` for a value that is no number, a `RangeError` for a bad step. NaN and infinities are
   * values. An error of the disk is told once and does not stop the training.
   */
  log(values: Readonly<Record<string, number>>, step: number = this.#nextStep): void {
    this.#check("log", step);
    let count = 0;
    for (const tag in values) {
      const value = values[tag];
      if (typeof value !== "number") {
        throw new TypeError(`log ${JSON.stringify(tag)}: a value must be a number; got ${describe(value)}`);
      }
      count++;
    }
    if (count === 0) return;
    this.#events.scalars(values, step);
    for (const tag in values) this.#summary.add(tag, values[tag]!, step);
    this.#nextStep = Math.max(this.#nextStep, step + 1);
  }

  /** Records a histogram at a step. Throws a `RangeError` if it breaks the invariants of `Histogram`. */
  histogram(tag: string, histogram: Histogram, step: number = this.#nextStep): void {
    this.#check("histogram", step);
    checkHistogram(tag, histogram);
    this.#events.histogram(tag, histogram, step);
  }

  /** Adds to the record what became known after the run was opened. Environments are merged. */
  describe({ config, model, seed, environment, notes }: RunDetails): void {
    this.#save({
      ...(config && { config: { ...toJsonObject(config), ...this.#store.data.config } }),
      ...(model !== undefined && { model }),
      ...(seed !== undefined && { seed }),
      ...(notes !== undefined && { notes }),
      ...(environment && { environment: { ...this.#store.data.environment, ...toJsonObject(environment) } }),
    });
  }

  /**
   * Notes that something in the run failed, such as a training that diverged, for whoever ends it: it then ends as
   * failed although the rest went on. The first error is kept.
   */
  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  /**
   * Ends the run. The first call counts; later ones change nothing.
   *
   * @param why the error of a run that failed; of others, why they ended before their time
   */
  finish(status: EndStatus = "finished", why?: unknown): void {
    if (this.finished) return;
    if (status === "finished" && this.#failure) {
      this.finish("failed", this.#failure.error);
      return;
    }
    clearInterval(this.#heartbeat);
    this.#events.append(sessionEndEvent(status, this.#parts.clock.wallTime()));
    this.#events.close();
    this.#save({
      status,
      finishedAt: isoTime(this.#parts.clock),
      environment: { ...whatComputes(), ...this.#store.data.environment },
      ...(why !== undefined && (status === "failed" ? { error: errorRecord(why) } : { reason: String(why) })),
    });
    this.#parts.onFinish(this);
  }

  get finished(): boolean {
    return this.#store.data.status !== "running";
  }

  toString(): string {
    return `run ${this.name} (${this.id}): ${this.record.status}, ${this.dir}`;
  }

  toMimeBundle(): MimeBundle {
    return { "text/plain": this.toString() };
  }

  [Symbol.dispose](): void {
    this.finish();
  }

  #recall(tag: string, series: ScalarSeries): void {
    this.#summary.addSeries(tag, series);
    for (const step of series.steps) this.#nextStep = Math.max(this.#nextStep, step + 1);
  }

  #check(what: string, step: number): void {
    if (this.finished) {
      throw new Error(`${what} to run "${this.name}": it is ${this.record.status} and takes no more points`);
    }
    if (!Number.isSafeInteger(step) || step < 0) {
      throw new RangeError(`${what}: a step must be a non-negative integer; got ${step}`);
    }
  }

  /** Tells in a sentence what could not be recorded, and keeps it with the run. */
  problem(sentence: string): void {
    this.#parts.warn(sentence);
    this.#store.data = { ...this.#store.data, problems: [...this.#store.data.problems, sentence] };
  }

  /** Writes run.json with `changes`, a sign of life and the present summary. */
  #save(changes: Partial<RunRecord>): void {
    const heartbeat = isoTime(this.#parts.clock);
    this.#store.data = { ...this.record, heartbeat, ...changes };
    try {
      this.#store.write();
    } catch (error) {
      const sentence = `write ${join(this.dir, "run.json")}: ${(error as Error).message}`;
      if (!this.#store.data.problems.includes(sentence)) this.problem(sentence);
    }
  }
}

inspectInstances(Run);

function checkHistogram(tag: string, { edges, counts, sampledFrom }: Histogram): void {
  const say = (required: string, given: string): never => {
    throw new RangeError(`histogram ${JSON.stringify(tag)}: ${required}; got ${given}`);
  };
  if (edges.length !== counts.length + 1 && !(edges.length === 0 && counts.length === 0)) {
    say("there must be one edge more than counts", `${edges.length} edges and ${counts.length} counts`);
  }
  edges.forEach((edge, i) => {
    if (!Number.isFinite(edge) || (i > 0 && edge < edges[i - 1]!))
      say("edges must be finite and rise", `${edge}`);
  });
  counts.forEach((count) => {
    if (!Number.isFinite(count) || count < 0) say("counts must be finite and not negative", `${count}`);
  });
  if (sampledFrom !== undefined && !(Number.isSafeInteger(sampledFrom) && sampledFrom >= 1))
    say("sampledFrom must be a whole number of at least 1", `${sampledFrom}`);
}

function errorRecord(error: unknown): NonNullable<RunRecord["error"]> {
  if (error instanceof Error) {
    const { name, message, stack } = error;
    return { name, message, ...(stack !== undefined && { stack }) };
  }
  return textError(String(error));
}

/** An error that came from another process as its stack: `RangeError: too large\n    at …`. */
function textError(text: string): NonNullable<RunRecord["error"]> {
  const [, name, message] = /^(\w*Error): (.*?)\n +at /s.exec(text) ?? [];
  if (name === undefined || message === undefined) return { name: "Error", message: text };
  return { name, message, stack: text };
}

function describe(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : `${value === null ? "null" : typeof value}`;
}

/** Where a problem is told unless said otherwise. */
export function warnOnStandardError(sentence: string): void {
  console.warn(`tunelab: ${sentence}`);
}

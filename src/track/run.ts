/**
 * A run that is being written: `log`, `histogram`, what `MediaWriter` and `RecordWriter` add, `finish`.
 *
 * Lifecycle: made by `openRun`; any number of points; `finish` once (again is harmless). A run still open
 * when its process ends is finished by it, if the process ends in order.
 * Invariant: this process is the only one that writes `run.json`; events lie in a folder of this writer.
 */
import { type Clock, isoTime } from "../base/clock.js";
import type { Histogram } from "../base/histogram.js";
import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { sayAside } from "../base/sayAside.js";
import { alertLine } from "./alerts.js";
import { checkHistogram } from "./checkHistogram.js";
import { checkScalars, checkStep } from "./checkScalars.js";
import { checkTag } from "./checkTag.js";
import { checkEndStatus, endRecord } from "./endRecord.js";
import { EventWriter } from "./eventWriter.js";
import { givenHistogram, type HistogramInput } from "./givenHistogram.js";
import { hparamsOf, sessionEndEvent, sessionStartEvent } from "./hparams.js";
import { checkEventSize, type MediaPlace, type PreparedEvent } from "./mediaWriter.js";
import { NextSteps } from "./nextSteps.js";
import { OwnRecord } from "./ownRecord.js";
import { RecordWriter } from "./recordWriter.js";
import { restatedSummary } from "./restatedSummary.js";
import type { ScalarSeries } from "./runData.js";
import { type ChildOptions, type RunDetails, recordedDetails } from "./runDetails.js";
import type { RunHistory } from "./runHistory.js";
import type { EndStatus, RunRecord } from "./runRecord.js";
import { RunSummary } from "./runSummary.js";
import type { EventTime } from "./summaryEvent.js";
import { TagKinds } from "./tagKinds.js";

export interface RunParts {
  readonly dir: string;
  readonly record: RunRecord;
  /** Sub-folder of the events, not used by any living writer. */
  readonly writerFolder: string;
  readonly clock: Clock;
  readonly warn: (sentence: string) => void;
  /** Where alerts are said; else beside the program's output. */
  readonly say?: (sentence: string) => void;
  readonly onFinish: (run: Run) => void;
  /** Told when something was recorded that a board may show. */
  readonly onChange?: () => void;
  /** A file of events of so many bytes is followed by a new one. Default: 256 MiB. */
  readonly fileBytes?: number;
  /** How a part of the run is opened. */
  readonly openRun: (options: ChildOptions & { readonly parent: Run }) => Run;
  /** What was logged before the run was resumed. */
  readonly history?: RunHistory;
}

export class Run extends RecordWriter {
  override readonly dir: string;
  readonly #parts: RunParts;
  readonly #record: OwnRecord;
  readonly #events: EventWriter;
  readonly #summary = new RunSummary();
  #samples = 0;
  readonly #next = new NextSteps();
  readonly #kinds: TagKinds;
  /** When anything beside scalars and histograms was recorded last, in seconds since 1970. */
  #newestOther = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(parts: RunParts) {
    super();
    this.dir = parts.dir;
    this.#parts = parts;
    this.#record = new OwnRecord({ ...parts, summary: this.#summary });
    this.#kinds = parts.history?.kinds ?? new TagKinds();
    for (const [tag, series] of parts.history?.scalars ?? []) this.#recall(tag, series);
    for (const [tag, step] of parts.history?.mediaSteps ?? []) this.#next.noteMedia(tag, step);
    const { clock, fileBytes } = parts;
    this.#events = new EventWriter(parts.writerFolder, {
      clock,
      onProblem: (text) => this.problem(text),
      ...(fileBytes !== undefined && { fileBytes }),
    });
    const { config, group, name } = parts.record;
    const session = { group: group ?? name, wallTime: clock.wallTime() };
    this.#events.append(sessionStartEvent(hparamsOf(config), session));
    this.#record.beat();
  }

  /** Eight letters and digits. */
  get id(): string {
    return this.record.id;
  }

  override get name(): string {
    return this.record.name;
  }

  /** What run.json holds, the summary of the values included. */
  get record(): RunRecord {
    return this.#record.present;
  }

  /**
   * Records scalars at a step: `run.log({ "train/loss": 0.3 }, 12)`.
   * When it returned, the operating system has them: the end of this process loses none.
   *
   * Throws a `TypeError` for a value that is no number or a tag of texts or the like, a `RangeError` for a bad step, an empty
   * tag or one of over 10,000 characters. NaN and infinities are values. An error of the disk is told once and does not stop
   * the training.
   *
   * @param step Non-negative integer; without it, the one after the highest step logged.
   */
  override log(values: Readonly<Record<string, number>>, step: number = this.#next.logged): void {
    if (this.checkLog(values, step) === 0) return;
    this.#events.scalars(values, step);
    for (const tag in values) {
      this.#kinds.note("log", tag);
      this.#summary.add(tag, values[tag]!, step);
    }
    this.#next.noteLogged(step);
    this.#parts.onChange?.();
  }

  /**
   * Opens a run that is a part of this one, such as a fold of a cross-validation: a run like any other, shown below it.
   * Parts that are still open when their whole ends end as it does.
   *
   * @example
   * const run = track({ name: "cross-validation" });
   * for (const fold of [1, 2, 3]) {
   *   using part = run.child({ name: `fold-${fold}`, config: { fold } });
   *   part.log({ "epoch/valLoss": 1 / fold }, 1);
   * }
   * run.finish();
   */
  child(options: ChildOptions = {}): Run {
    return this.#parts.openRun({ ...options, parent: this });
  }

  /** Training samples that were counted in this process so far. */
  get samples(): number {
    return this.#samples;
  }

  /** Counts what was trained: the machine's measurements tell samples per second by it. */
  countSamples(count: number): void {
    this.#samples += count;
  }

  /**
   * Records a histogram at a step: of values in lists, a typed array or a tensor, counted in 30 bins as `numpy.histogram`
   * counts them, NaN and infinities left out; or one that is counted, `{ edges, counts }`.
   *
   * Throws a `RangeError` if it breaks the invariants of `Histogram`, there is no value, or its tag is empty or of over
   * 10,000 characters; a `TypeError` for what is no number, or if its tag is of another kind.
   *
   * @example
   * const run = track({ name: "weights" });
   * run.histogram("kernel", [0.1, -0.2, 0.05], 1);
   * run.histogram("ages", { edges: [0, 18, 65, 120], counts: [12, 80, 31] }, 1);
   * run.finish();
   */
  histogram(tag: string, histogram: HistogramInput, step: number = this.#next.logged): void {
    this.histograms(new Map([[tag, givenHistogram(tag, histogram)]]), step);
  }

  /** Records histograms by their tags at a step, all in one write; else as `histogram`. */
  histograms(all: ReadonlyMap<string, Histogram>, step: number = this.#next.logged): void {
    this.#check("histogram", step);
    for (const [tag, histogram] of all) {
      checkTag("histogram", tag);
      checkHistogram(tag, histogram);
      this.#kinds.check("histogram", tag);
    }
    if (all.size > 0) this.#events.histograms(all, step);
    for (const tag of all.keys()) this.#kinds.note("histogram", tag);
    this.#parts.onChange?.();
  }

  /** Adds to the record what became known after the run was opened. Environments are merged. */
  describe(details: RunDetails): void {
    this.#record.save(recordedDetails(details, this.#record.kept));
  }

  /**
   * Notes that something in the run failed, such as a training that diverged, for whoever ends it: it then ends as
   * failed although the rest went on. The first error is kept.
   */
  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  /** Notes at once that an interrupt came, which may end this process without another word. */
  noteInterrupt(): void {
    if (!this.finished) this.#record.save({ interruptedAt: isoTime(this.#parts.clock) });
  }

  /**
   * Ends the run. The first call counts; later ones change nothing.
   *
   * Throws a `RangeError` for another status.
   *
   * @param status How it ended, one of `EndStatus`.
   * @param why the error of a run that failed; of others, why they ended before their time
   */
  finish(status: EndStatus = "finished", why?: unknown): void {
    checkEndStatus(status);
    if (this.finished) return;
    if (status === "finished" && this.#failure) {
      this.finish("failed", this.#failure.error);
      return;
    }
    this.#record.stopBeating();
    const { clock } = this.#parts;
    const recordedAt = Math.max(this.#events.newest ?? 0, this.#newestOther);
    this.#events.append(sessionEndEvent(status, clock.wallTime()));
    this.#events.close();
    const restated = restatedSummary(this, this.#summary, this.#record.kept.resumed);
    const { environment } = this.#record.kept;
    this.#record.save({ ...restated, ...endRecord(status, { why, clock, recordedAt, environment }) });
    this.#parts.onFinish(this);
  }

  override get finished(): boolean {
    return this.#record.kept.status !== "running";
  }

  override toString(): string {
    const head = `run ${this.name} (${this.id}): ${this.record.status}, ${this.dir}`;
    return [head, ...this.alerts.map((alert) => `  ${alertLine(alert)}`)].join("\n");
  }

  toMimeBundle(): MimeBundle {
    return { "text/plain": this.toString() };
  }

  [Symbol.dispose](): void {
    this.finish();
  }

  protected override prepare(place: MediaPlace, encode: (time: EventTime) => Buffer): PreparedEvent {
    checkTag(place.what, place.tag);
    const { step = this.#next.ofMedia(place.tag) } = place;
    this.#check(place.what, step);
    const wallTime = this.#parts.clock.wallTime();
    const record = encode({ wallTime, step });
    checkEventSize(place, record);
    this.#kinds.check(place.what, place.tag);
    const write = () => {
      this.#events.append(record);
      this.#newestOther = wallTime;
      this.#kinds.note(place.what, place.tag);
      this.#next.noteMedia(place.tag, step);
      this.#parts.onChange?.();
    };
    return { step, write };
  }

  protected override checkLog(values: Readonly<Record<string, number>>, step: number): number {
    this.#check("log", step);
    const count = checkScalars(values);
    for (const tag in values) this.#kinds.check("log", tag);
    return count;
  }

  #recall(tag: string, series: ScalarSeries): void {
    this.#summary.addSeries(tag, series);
    for (const step of series.steps) this.#next.noteLogged(step);
  }

  protected override get kept(): RunRecord {
    return this.#record.kept;
  }

  protected override keep(changes: Partial<RunRecord>, { now }: { readonly now: boolean }): void {
    this.#newestOther = this.#parts.clock.wallTime();
    if (now) this.#record.save(changes);
    else this.#record.change(changes);
  }

  protected override now(): string {
    return isoTime(this.#parts.clock);
  }

  protected override say(sentence: string): void {
    (this.#parts.say ?? sayAside)(sentence);
  }

  protected override checkOpen(what: string): void {
    if (this.finished)
      throw new Error(`${what} to run "${this.name}": it is ${this.record.status} and takes no more points`);
  }

  #check(what: string, step: number): void {
    this.checkOpen(what);
    checkStep(what, step);
  }

  /** Tells in a sentence what could not be recorded, and keeps it with the run. */
  override problem(sentence: string): void {
    this.#record.problem(sentence);
  }
}

inspectInstances(Run);

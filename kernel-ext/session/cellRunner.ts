/** Runs cells one after another in this process, and ends them when the person interrupts. */
import { MessageChannel } from "node:worker_threads";
import type { Attribution } from "./attribution.js";
import { AwaitRegistry, KeyboardInterrupt } from "./awaitRegistry.js";
import { dropFatalName, lastingFatalName, takenAway } from "./fatalNames.js";
import { InterruptedPlace } from "./interruptedPlace.js";
import { asCellsLeftThem, OwnPromise, restore, whenSettled, withIntrinsics } from "./intrinsics.js";
import { append, now, OwnError, shift } from "./primordials.js";
import type { Evaluation } from "./replEvaluator.js";
import { ReplEvaluator } from "./replEvaluator.js";
import { WatchedSignal } from "./watchedSignal.js";

/** Timers as they were before anything in this process could replace them. */
const native = { setTimeout, setInterval, clearTimeout, clearInterval };

/** How long code that looks out for the signal may take to end by itself, in milliseconds. */
const signalGrace = 2000;
/** How long rejected awaits may take to end their cell, in milliseconds. */
const rejectGrace = 60;
/** How often it is looked whether a running job's answer was lost, in milliseconds. */
const look = 50;

export type CellEnd = { readonly status: "ok" } | { readonly status: "threw"; readonly error: unknown };

export interface Job {
  readonly cell: number;
  /** Begins synchronously. What it awaits may be dropped by V8 when the person interrupts: then it never settles. */
  work(): Promise<void>;
  /**
   * Writes what came of it; gives what remains to be done once the job runs no longer. A cell has a part in the first, by
   * an `inspect.custom` of what it threw: when an interrupt has to end that, it is called again, with the interrupt.
   */
  conclude(end: CellEnd): () => void;
  /** Told what `conclude`, or what it gave, threw instead of ending the job: it ends all the same. Never throws. */
  failed(error: unknown): void;
}

interface Running {
  readonly job: Job;
  readonly watched: WatchedSignal;
  reason?: KeyboardInterrupt;
  looking?: NodeJS.Timeout;
}

/**
 * Invariants: one job at a time, in the order of `run`; no queue of ours is a promise chain (a termination by V8
 * discards those) and no cell starts inside a timer's callback (a termination there kills Node). Whatever throws while a
 * job is concluded, it ends, and the next one begins.
 */
export class CellRunner {
  readonly awaits: AwaitRegistry;
  readonly evaluator = new ReplEvaluator();
  /** Of the job that runs, or ran last. */
  readonly place = new InterruptedPlace();
  private readonly queue: Job[] = [];
  private running: Running | undefined;
  /** The cell that an interrupt came for before it began; of one that has ended it is harmless: no number comes again. */
  private forestalled = 0;
  private lastSignal = new WatchedSignal().signal;
  private readonly kick = new MessageChannel();

  /**
   * @param attribution is told whose code runs.
   * @param runs is told the cell that runs from now on; 0 for none.
   */
  constructor(
    private readonly attribution: Attribution,
    private readonly runs: (cell: number) => void = () => undefined,
  ) {
    this.awaits = new AwaitRegistry(
      () => attribution.cell,
      (cell) => attribution.enter(cell),
      () => attribution.leaveSoon(),
    );
    this.kick.port2.on("message", () => {
      restore();
      this.next();
    });
    this.kick.port2.unref();
  }

  get busy(): boolean {
    return this.running !== undefined;
  }

  run(job: Job): void {
    append(this.queue, job);
    this.next();
  }

  /** The signal of the running job; of the last one when none runs. */
  signal(): AbortSignal {
    return this.lastSignal;
  }

  /** Evaluates JavaScript in the cells' scope. Resolves, never rejects. */
  evaluate(code: string): Promise<Evaluation> {
    return new OwnPromise((resolve) => this.evaluator.evaluate(code, resolve));
  }

  /**
   * Ends job `cell`, if it runs, or at once when it begins: through the signal when somebody looks out for it, else
   * through its awaits, else by abandoning it. Calls `alive` at once and then every 20 ms while the job still runs. A second call hurries.
   *
   * @param terminated whether V8 has ended what ran: who looked out for the signal may be gone with it.
   */
  interrupt(cell: number, alive: () => void, terminated: () => boolean = () => false): void {
    restore();
    alive();
    const { running } = this;
    if (running?.job.cell !== cell) {
      this.forestalled = cell;
      return;
    }
    const hurry = running.reason !== undefined;
    const reason = running.reason ?? new KeyboardInterrupt();
    running.reason = reason;
    this.place.noteAwait(() => this.awaits.place);
    this.awaits.endThroughSignal(reason);
    const softUntil = now() + (running.watched.isWatched && !hurry ? signalGrace : 0);
    // Its listeners are the cell's code.
    asCellsLeftThem(() => running.watched.abort(reason));
    let hardAt: number | undefined;
    const step = () => {
      alive();
      const at = now();
      if (this.running !== running) native.clearInterval(timer);
      else if (hardAt === undefined && (at >= softUntil || terminated())) {
        hardAt = at + rejectGrace;
        this.awaits.rejectAll(reason);
      } else if (hardAt !== undefined && at >= hardAt) this.abandon(running, reason);
    };
    const timer = native.setInterval(() => withIntrinsics(step), 20);
    withIntrinsics(step);
  }

  private next(): void {
    if (this.running) return;
    const running = this.take();
    if (!running) return;
    const { job } = running;
    this.running = running;
    this.place.forget();
    this.lastSignal = running.watched.signal;
    this.attribution.running = job.cell;
    this.attribution.enter(job.cell);
    this.runs(job.cell);
    running.looking = native.setInterval(() => this.look(running), look);
    const refusal = this.refusal(job);
    whenSettled(
      refusal ? OwnPromise.reject(refusal) : job.work(),
      () => this.end(running, { status: "ok" }),
      (error: unknown) => this.end(running, { status: "threw", error }),
    );
    // When V8 unwinds from outside, this is not come to: `end` says it then.
    this.attribution.leave();
  }

  private take(): Running | undefined {
    const job = shift(this.queue);
    return job && { job, watched: new WatchedSignal() };
  }

  /** Why `job` is not to begin. */
  private refusal(job: Job): Error | undefined {
    if (this.forestalled === job.cell) return new KeyboardInterrupt();
    const lasting = lastingFatalName();
    return lasting === undefined ? undefined : new OwnError(lasting);
  }

  /** A name that its code gave every object, be it after an await, may keep its answer from coming, or the session's own. */
  private look(running: Running): void {
    restore();
    dropFatalName("error");
    dropFatalName("then");
    const fatal = takenAway();
    if (this.running !== running) native.clearInterval(running.looking);
    else if (fatal !== undefined) this.abandon(running, new OwnError(fatal));
  }

  private abandon(running: Running, error: Error): void {
    this.awaits.park();
    this.evaluator.reconnect();
    this.end(running, { status: "threw", error });
  }

  private end(running: Running, end: CellEnd): void {
    withIntrinsics(() => this.ended(running, end));
  }

  private ended(running: Running, end: CellEnd): void {
    if (this.running !== running) return;
    native.clearInterval(running.looking);
    const { job } = running;
    const tell = this.conclusion(job, end);
    this.running = undefined;
    this.runs(0);
    try {
      tell();
    } catch (error) {
      job.failed(error);
    } finally {
      this.attribution.leave();
      this.attribution.running = 0;
      if (this.queue.length > 0) this.kick.port1.postMessage(null);
    }
  }

  /** What remains to be done for `job`. A termination by V8 is not caught here: it comes again, with the interrupt. */
  private conclusion(job: Job, end: CellEnd): () => void {
    try {
      this.awaits.calm();
      this.evaluator.release();
      this.attribution.enter(job.cell);
      return job.conclude(end);
    } catch (error) {
      return () => job.failed(error);
    }
  }
}

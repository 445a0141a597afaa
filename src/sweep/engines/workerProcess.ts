/** One worker process, as its coordinator sees it. */
import { type ChildProcess, fork } from "node:child_process";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { warnOnce } from "../../base/warnOnce.js";
import { fromWire, type WorkerCommand, type WorkerEvent } from "../messages.js";
import { describeError } from "../runObjective.js";
import type { TrialOutcome } from "../trialLink.js";
import type { EngineRun } from "./engine.js";

export interface WorkerLaunch {
  /** The module to run; it calls `serveTrials(parentChannel(), …)`. */
  readonly module: string;
  /** Handed to the worker's `prepare`. */
  readonly setup: unknown;
  readonly env: NodeJS.ProcessEnv;
  readonly execArgv: readonly string[];
  /** What the worker prints is appended here. */
  readonly log: string;
}

/** Milliseconds a trial has to end after it was told to, before its worker is killed. */
const abortGrace = 1_500;
/** How much of the log's end goes into the error of a trial whose worker died. */
const tailBytes = 2_000;

type EventOfTrial = Exclude<WorkerEvent, { type: "ready" | "broken" | "warned" }>;

/** A worker could not make its objective ready: another one could not either. */
export class WorkerBroken extends Error {
  override readonly name = "WorkerBroken";
}

/**
 * Invariants: at most one trial runs; `run` resolves once the trial is done or the process is gone, whichever comes
 * first; after `gone` has resolved the process has exited.
 */
export class WorkerProcess {
  readonly ready: Promise<void>;
  readonly gone: Promise<void>;
  private readonly child: ChildProcess;
  private current:
    | { run: EngineRun; settle: (outcome: TrialOutcome) => void; broken?: string; killer?: NodeJS.Timeout }
    | undefined;
  private exited = false;
  private ending = false;
  private onReady: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(
    private readonly launch: WorkerLaunch,
    readonly index: number,
  ) {
    const log = openSync(launch.log, "a");
    try {
      this.child = fork(launch.module, [], {
        env: launch.env,
        execArgv: [...launch.execArgv],
        stdio: ["ignore", log, log, "ipc"],
        serialization: "json",
      });
    } finally {
      closeSync(log);
    }
    this.ready = new Promise((resolve, reject) => {
      this.onReady = { resolve, reject };
    });
    this.ready.catch(() => {});
    this.gone = new Promise((resolve) => {
      this.child.once("exit", (code, signal) => {
        const end = () => {
          this.exit(signal ? `signal ${signal}` : `exit code ${code}`);
          resolve();
        };
        // What the worker said last is still read until the connection ends. (`close` does not come after a
        // disconnect from this side.)
        if (this.child.connected) this.child.once("disconnect", end);
        else end();
      });
      this.child.once("error", (error) => {
        // Only a process that never started has no pid; else `exit` follows.
        if (this.child.pid !== undefined) return;
        this.exit(error.message);
        resolve();
      });
    });
    this.child.on("message", (message) => this.receive(message as WorkerEvent));
    this.send({ type: "setup", setup: launch.setup });
  }

  get alive(): boolean {
    return !this.exited && !this.ending;
  }

  /** Called when the worker is ready, alive and idle. */
  run(run: EngineRun): Promise<TrialOutcome> {
    return new Promise((resolve) => {
      const { number: trial, attempt } = run.job;
      const abort = () => {
        this.send({ type: "abort", trial, attempt });
        current.killer ??= setTimeout(() => this.kill(), abortGrace);
      };
      const current: NonNullable<WorkerProcess["current"]> = {
        run,
        settle: (outcome) => {
          this.current = undefined;
          clearTimeout(current.killer);
          run.signal.removeEventListener("abort", abort);
          resolve(outcome);
        },
      };
      this.current = current;
      run.started(this.index);
      this.send({ type: "start", job: run.job });
      if (run.signal.aborted) abort();
      else run.signal.addEventListener("abort", abort, { once: true });
    });
  }

  /** Lets the worker end by itself, then makes it. */
  async stop(): Promise<void> {
    if (!this.exited) {
      this.ending = true;
      if (this.child.connected) this.child.disconnect();
      const killer = setTimeout(() => this.kill(), 1_000);
      await this.gone;
      clearTimeout(killer);
    }
  }

  kill(): void {
    this.ending = true;
    this.child.kill("SIGKILL");
  }

  private send(message: WorkerCommand): void {
    // A worker that is gone is told of by `close`; what could not be sent to it is of no use any more.
    if (this.child.connected) this.child.send(message, () => {});
  }

  private receive(message: WorkerEvent): void {
    if (message.type === "ready") this.onReady?.resolve();
    else if (message.type === "broken") this.onReady?.reject(new WorkerBroken(message.error));
    else if (message.type === "warned") warnOnce(message.sentence);
    else this.receiveOfTrial(message);
  }

  private receiveOfTrial(message: EventOfTrial): void {
    const { current } = this;
    if (!current) return;
    const { job } = current.run;
    if (message.trial !== job.number || message.attempt !== job.attempt) return;
    // After a call of the link failed the trial has failed: what its worker still says is not passed on.
    if (current.broken !== undefined) {
      if (message.type === "done") current.settle({ state: "failed", error: current.broken });
      return;
    }
    try {
      this.passOn(message, current);
    } catch (error) {
      this.breakOff(current, error);
    }
  }

  private passOn(message: EventOfTrial, current: NonNullable<WorkerProcess["current"]>): void {
    const { link } = current.run;
    switch (message.type) {
      case "suggested":
        link.suggested(message.name, message.distribution, message.value);
        return;
      case "runOpened":
        link.runOpened(message.dir);
        return;
      case "report": {
        const { trial, attempt, step } = message;
        link.report(step, fromWire(message.value)).then(
          (prune) => this.send({ type: "verdict", trial, attempt, step, prune }),
          (error) => this.breakOff(current, error),
        );
        return;
      }
      case "done":
        current.settle(outcomeOf(message));
    }
  }

  /** A call of the link threw (a pruner, the journal): the trial fails with the reason, and is told to end. */
  private breakOff(current: NonNullable<WorkerProcess["current"]>, error: unknown): void {
    if (this.current !== current || current.broken !== undefined) return;
    current.broken = describeError(error);
    const { number: trial, attempt } = current.run.job;
    this.send({ type: "abort", trial, attempt });
    current.killer ??= setTimeout(() => this.kill(), abortGrace);
  }

  private exit(how: string): void {
    if (this.exited) return;
    this.exited = true;
    const sentence = `worker ${this.index} ended (${how})`;
    const error = `${sentence}${logTail(this.launch.log)}`;
    this.onReady?.reject(new Error(error));
    const { current } = this;
    const aborted = current?.run.signal.aborted;
    if (current?.broken !== undefined) current.settle({ state: "failed", error: current.broken });
    else current?.settle(aborted ? { state: "interrupted" } : { state: "died", error });
  }
}

function outcomeOf(message: WorkerEvent & { type: "done" }): TrialOutcome {
  switch (message.state) {
    case "complete":
    case "pruned":
      return { state: message.state, value: fromWire(message.value) };
    case "failed":
      return {
        state: "failed",
        error: message.error ?? "the worker gave no reason",
        ...(message.missing !== undefined && { missing: message.missing }),
      };
    case "interrupted":
      return { state: "interrupted" };
  }
}

/** The last words of a worker, to stand behind the sentence of its death. */
function logTail(file: string): string {
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    const text = bytes.toString("utf8").trim();
    return text === "" ? "" : `; its last output:\n${text}`;
  } finally {
    closeSync(descriptor);
  }
}

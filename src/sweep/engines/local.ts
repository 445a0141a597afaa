/** Runs trials in worker processes of this machine that stay from trial to trial. */
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { positiveInteger } from "../options.js";
import type { TrialOutcome } from "../trialLink.js";
import type { Engine, EngineRun } from "./engine.js";
import { WorkerBroken, type WorkerLaunch, WorkerProcess } from "./workerProcess.js";

export interface LocalEngineOptions {
  readonly workers: number;
  /** The module a worker runs. */
  readonly module: string;
  /** Handed to every worker: plain JSON. */
  readonly setup: unknown;
  /** Folder of the workers' output, `worker-0.log` and so on. */
  readonly logs: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly execArgv?: readonly string[];
}

/** Starts of one worker that may fail in a row before the sweep is given up. */
const startAttempts = 2;

export function localEngine(options: LocalEngineOptions): Engine {
  positiveInteger("parallel", options.workers);
  return new LocalEngine(options);
}

/** Threads for each of `workers` processes: the processors divided between them, at least one. */
export function threadsPerWorker(workers: number): number {
  return Math.max(1, Math.floor(availableParallelism() / workers));
}

class LocalEngine implements Engine {
  readonly name = "local";
  readonly workers: number;
  private readonly slots: (WorkerProcess | undefined)[];
  private readonly busy = new Set<number>();
  private stopped = false;

  constructor(private readonly options: LocalEngineOptions) {
    this.workers = options.workers;
    this.slots = new Array<undefined>(options.workers).fill(undefined);
    mkdirSync(options.logs, { recursive: true });
  }

  async start(): Promise<void> {
    try {
      await Promise.all(this.slots.map((_, index) => this.readyWorker(index)));
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async run(run: EngineRun): Promise<TrialOutcome> {
    const index = this.slots.findIndex((_, i) => !this.busy.has(i));
    if (index < 0) return { state: "died", error: "no worker is free" };
    this.busy.add(index);
    try {
      const worker = await this.readyWorker(index);
      if (this.stopped || run.signal.aborted) return { state: "interrupted" };
      return await worker.run(run);
    } catch (error) {
      return this.stopped || run.signal.aborted
        ? { state: "interrupted" }
        : { state: "died", error: (error as Error).message };
    } finally {
      this.busy.delete(index);
    }
  }

  /** The worker of a slot; a new one where it died. */
  private async readyWorker(index: number): Promise<WorkerProcess> {
    for (let attempt = 1; ; attempt++) {
      let worker = this.slots[index];
      if (!worker?.alive) {
        await worker?.gone;
        if (this.stopped) throw new Error("the engine was stopped");
        worker = new WorkerProcess(this.launch(index), index);
        this.slots[index] = worker;
      }
      try {
        await worker.ready;
        return worker;
      } catch (error) {
        await worker.stop();
        if (attempt >= startAttempts || this.stopped || error instanceof WorkerBroken) throw error;
      }
    }
  }

  private launch(index: number): WorkerLaunch {
    const { module, setup, logs, env = process.env, execArgv = [] } = this.options;
    const threads = String(threadsPerWorker(this.workers));
    return {
      module,
      setup,
      execArgv,
      log: join(logs, `worker-${index}.log`),
      env: {
        ...env,
        TF_NUM_INTRAOP_THREADS: threads,
        TF_NUM_INTEROP_THREADS: threads,
        OMP_NUM_THREADS: threads,
        TUNELAB_WORKER: String(index),
      },
    };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.slots.map((worker) => worker?.stop()));
  }
}

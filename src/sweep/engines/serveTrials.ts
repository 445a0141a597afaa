/** The worker's side: waits for trials on a channel and runs them one after another. */
import { installHost, type RunningTrial } from "../../base/host.js";
import { closeOpenRuns, openRuns } from "../../track/index.js";
import type { Channel, WorkerCommand, WorkerEvent } from "../messages.js";
import { toWire } from "../messages.js";
import { describeError, type Objective, runObjective } from "../runObjective.js";
import { Trial } from "../trial.js";
import type { TrialJob, TrialLink } from "../trialLink.js";
import { workerHost } from "./workerHost.js";

/** Makes the objective from what the coordinator's `setup` holds: loads a module, replays cells. */
export type Prepare = (setup: unknown) => Promise<Objective>;

/**
 * Serves until the channel closes, then resolves. `prepare` is called once; when it rejects, the coordinator is told
 * why and no trial comes.
 */
export function serveTrials(channel: Channel<WorkerEvent, WorkerCommand>, prepare: Prepare): Promise<void> {
  return new Promise((resolve) => {
    const worker = new TrialWorker(channel, prepare);
    installHost(
      workerHost({
        signal: () => worker.signal,
        trial: () => worker.trial,
        warned: (sentence) => channel.send({ type: "warned", sentence }),
      }),
    );
    channel.onMessage((message) => worker.receive(message));
    channel.onClose(() => {
      worker.abort();
      // This process ends in order now; the trial that it leaves did not.
      if (worker.trial) closeOpenRuns("interrupted");
      resolve();
    });
  });
}

class TrialWorker {
  private objective: Objective | undefined;
  private running:
    | {
        job: TrialJob;
        controller: AbortController;
        verdicts: Map<number, (prune: boolean) => void>;
        trial?: Trial;
      }
    | undefined;

  private readonly idle = new AbortController().signal;

  constructor(
    private readonly channel: Channel<WorkerEvent, WorkerCommand>,
    private readonly prepare: Prepare,
  ) {}

  /** Of the running trial; between trials one that is never aborted. */
  get signal(): AbortSignal {
    return this.running?.controller.signal ?? this.idle;
  }

  /** The running trial, for runs that its objective makes without it. */
  get trial(): RunningTrial | undefined {
    const { job, trial } = this.running ?? {};
    return job && trial && { name: job.runName, group: job.sweep, params: trial.params };
  }

  receive(message: WorkerCommand): void {
    switch (message.type) {
      case "setup":
        void this.setUp(message.setup);
        return;
      case "start":
        void this.runTrial(message.job);
        return;
      case "verdict":
        if (this.isRunning(message)) this.running?.verdicts.get(message.step)?.(message.prune);
        return;
      case "abort":
        if (!this.isRunning(message)) return;
        this.abort();
        // A trial that does not listen is killed soon, and could not say so then.
        for (const run of openRuns()) run.noteInterrupt();
    }
  }

  abort(): void {
    this.running?.controller.abort();
    // Nobody may be left waiting for a verdict that will not come.
    for (const settle of this.running?.verdicts.values() ?? []) settle(false);
  }

  private isRunning({ trial, attempt }: { trial: number; attempt: number }): boolean {
    return this.running?.job.number === trial && this.running.job.attempt === attempt;
  }

  private async setUp(setup: unknown): Promise<void> {
    try {
      this.objective = await this.prepare(setup);
      this.channel.send({ type: "ready" });
    } catch (error) {
      this.channel.send({ type: "broken", error: describeError(error) });
    }
  }

  private async runTrial(job: TrialJob): Promise<void> {
    const ofTrial = { trial: job.number, attempt: job.attempt };
    if (!this.objective) {
      this.channel.send({
        type: "done",
        ...ofTrial,
        state: "failed",
        error: "the worker has no objective yet",
      });
      return;
    }
    const running: NonNullable<typeof this.running> = {
      job,
      controller: new AbortController(),
      verdicts: new Map(),
    };
    this.running = running;
    const { objective, channel } = this;
    let outcome: Awaited<ReturnType<typeof runObjective>>;
    try {
      const trial = new Trial(job, this.link(ofTrial, running.verdicts), running.controller.signal);
      running.trial = trial;
      outcome = await runObjective(objective, trial);
    } catch (error) {
      outcome = { state: "failed", error: describeError(error) };
    }
    this.running = undefined;
    const value = "value" in outcome ? { value: toWire(outcome.value) } : {};
    const error = "error" in outcome ? { error: outcome.error } : {};
    const missing = "missing" in outcome ? { missing: outcome.missing } : {};
    const state = outcome.state === "died" ? "failed" : outcome.state;
    channel.send({ type: "done", ...ofTrial, state, ...value, ...error, ...missing });
  }

  private link(
    ofTrial: { trial: number; attempt: number },
    verdicts: Map<number, (prune: boolean) => void>,
  ): TrialLink {
    const { channel } = this;
    return {
      suggested: (name, distribution, value) =>
        channel.send({ type: "suggested", ...ofTrial, name, distribution, value }),
      runOpened: (dir) => channel.send({ type: "runOpened", ...ofTrial, dir }),
      report: (step, value) =>
        new Promise((resolve) => {
          verdicts.set(step, (prune) => {
            verdicts.delete(step);
            resolve(prune);
          });
          channel.send({ type: "report", ...ofTrial, step, value: toWire(value) });
        }),
    };
  }
}

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { serveTrials } from "../../../../src/sweep/engines/serveTrials.js";
import type { Channel, WorkerCommand, WorkerEvent } from "../../../../src/sweep/messages.js";
import type { Trial } from "../../../../src/sweep/trial.js";
import { readRun } from "../../../../src/track/index.js";

test("a sweep that goes away leaves the run of the trial that it cut short as interrupted", async () => {
  process.env.TUNELAB_RUNS = mkdtempSync(join(tmpdir(), "tunelab-runs-"));
  let command: (message: WorkerCommand) => void = () => {};
  let close = () => {};
  const events: WorkerEvent[] = [];
  const channel: Channel<WorkerEvent, WorkerCommand> = {
    send: (event) => void events.push(event),
    onMessage: (listener) => {
      command = listener;
    },
    onClose: (listener) => {
      close = listener;
    },
  };
  const objective = async (trial: Trial) => {
    trial.run.log({ "train/loss": 1 }, 0);
    await new Promise(() => {});
  };
  try {
    const served = serveTrials(channel, async () => objective);
    command({ type: "setup", setup: undefined });
    await expect.poll(() => events.some(({ type }) => type === "ready")).toBe(true);
    const job = { number: 0, attempt: 0, runName: "cut-0", sweep: "cut", seed: 1, proposal: {} };
    command({ type: "start", job: { ...job, missing: "draw", direction: "minimize" } as never });
    await expect.poll(() => events.some(({ type }) => type === "runOpened")).toBe(true);
    const opened = events.find((event) => event.type === "runOpened");
    // Of a trial that does not listen the process is killed soon: that it was an interrupt is noted before.
    // One that ended before its abort came has no run here any more: the next one's is not cut short.
    command({ type: "abort", trial: 0, attempt: 1 });
    expect(readRun(opened?.dir ?? "").record.interruptedAt).toBeUndefined();
    command({ type: "abort", trial: 0, attempt: 0 });
    expect(readRun(opened?.dir ?? "").record).toMatchObject({
      status: "running",
      interruptedAt: expect.stringMatching(/^\d{4}-/),
    });
    close();
    await served;
    expect(readRun(opened?.dir ?? "").record.status).toBe("interrupted");
  } finally {
    delete process.env.TUNELAB_RUNS;
  }
});

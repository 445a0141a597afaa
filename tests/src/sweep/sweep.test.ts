import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TrialPruned } from "../../../src/base/errors.js";
import { readSweep } from "../../../src/sweep/readSweep.js";
import { space } from "../../../src/sweep/space.js";
import { sweep } from "../../../src/sweep/sweep.js";
import type { Trial } from "../../../src/sweep/trial.js";
import { readRun } from "../../../src/track/index.js";
import { later, newFolder, run, stage } from "./inProcess.js";

const scene = stage();

const parabola = (trial: Trial) => {
  const x = trial.suggestFloat("x", -10, 10);
  return (x - 2) ** 2 + (trial.suggestCategorical("k", ["a", "b"]) === "a" ? 1 : 0);
};

test("finds the better values and keeps everything on disk", async () => {
  const result = await run({ objective: parabola, trials: 60, name: "parabola" });
  expect(result.trials).toHaveLength(60);
  expect(result.bestParams.k).toBe("b");
  expect(Math.abs((result.bestParams.x as number) - 2)).toBeLessThan(1);
  const read = readSweep(result.dir);
  expect(read.trials).toEqual(result.trials);
  expect(read.best).toEqual(result.best);
  expect(read).toMatchObject({
    name: "parabola",
    direction: "minimize",
    seed: 0,
    limit: 60,
    code: ["cell-1.ts"],
    problems: [],
  });
  expect(readFileSync(join(result.dir, "code", "cell-1.ts"), "utf8")).toBe("const x = 1;");
  expect(JSON.parse(readFileSync(result.save(), "utf8"))).toMatchObject({ best: result.best.number });
});

test("gives a declared space to the trial at once", async () => {
  const seen: object[] = [];
  const result = await run({
    objective: (trial) => {
      seen.push(trial.params);
      return trial.params.n as number;
    },
    space: { n: space.int(3, 5), fixed: "x" },
    sampler: "grid",
  });
  expect(seen).toEqual([
    { n: 3, fixed: "x" },
    { n: 4, fixed: "x" },
    { n: 5, fixed: "x" },
  ]);
  expect(result.endReason).toBe("exhausted");
  expect(result.bestValue).toBe(3);
});

test("timeout starts no further trial", async () => {
  const result = await run({
    objective: async (trial) => {
      await later(60);
      return trial.suggestFloat("x", 0, 1);
    },
    timeout: 0.1,
    trials: 100,
  });
  expect(result.endReason).toBe("timeout");
  expect(result.trials.length).toBeLessThan(5);
  expect(result.trials.every((trial) => trial.state === "complete")).toBe(true);
});

test("shows a table while it runs and another at the end, not more than four times a second", async () => {
  const from = performance.now();
  const result = await sweep({
    objective: async (trial) => {
      await later(5);
      return trial.suggestFloat("rate", 0, 1);
    },
    dir: newFolder(),
    trials: 60,
    minimize: true,
    name: "<shown>",
  });
  const seconds = (performance.now() - from) / 1000;
  expect(scene.shown.length).toBeGreaterThanOrEqual(2);
  expect(scene.shown.length).toBeLessThanOrEqual(2 + 4 * seconds);
  const last = scene.shown.at(-1)?.["text/html"] as string;
  expect(last).toContain("&lt;shown&gt;: 60 of 60 trials");
  expect(last.match(/<tr[ >]/g)).toHaveLength(1 + 60);
  const plain = result.toMimeBundle()["text/plain"] as string;
  expect(plain.split("\n")[1]).toMatch(/^ *# +state +value +step +rate +time +worker$/);
  expect(plain).toContain(`(#${result.best.number})`);
});

test("of 10,000 trials by the random sampler the last take no longer than the first", async () => {
  const result = await run({
    objective: (trial) => trial.suggestFloat("x", 0, 1),
    trials: 10_000,
    sampler: "random",
    parallel: 8,
  });
  expect(result.trials).toHaveLength(10_000);
  // The quickest hundred in a row of each two thousand: what a busy machine adds is not the sweep's.
  const quickest = (first: number) =>
    Math.min(
      ...Array.from({ length: 20 }, (_, i) => {
        const [from, to] = [result.trials[first + 100 * i], result.trials[first + 100 * i + 99]];
        return (to?.start ?? Number.NaN) - (from?.start ?? Number.NaN);
      }),
    );
  // A clock of milliseconds.
  expect(quickest(8000)).toBeLessThan(3 * (quickest(0) + 0.001));
});

test("a trial's run says that the trial was pruned, or that a training in it diverged", async () => {
  process.env.TUNELAB_RUNS = newFolder();
  try {
    const result = await run({
      objective: async (trial) => {
        trial.suggestFloat("x", 0, 1);
        trial.run.log({ "train/loss": 1 }, 0);
        if (trial.number === 1) trial.run.fail("the loss became NaN in epoch 2, at step 9");
        trial.report(trial.number === 2 ? 5 : -trial.number, 1);
        if (await trial.shouldPrune()) throw new TrialPruned();
        return -trial.number;
      },
      pruner: "asha",
      trials: 3,
    });
    expect(result.trials.map(({ state }) => state)).toEqual(["complete", "complete", "pruned"]);
    const records = result.trials.map(({ runDir }) => readRun(runDir as string).record);
    expect(records.map(({ status }) => status)).toEqual(["finished", "failed", "pruned"]);
    expect(records[1]?.error?.message).toBe("the loss became NaN in epoch 2, at step 9");
    expect(records[2]?.reason).toBe("the sweep's pruner stopped the trial");
  } finally {
    delete process.env.TUNELAB_RUNS;
  }
});

test("a trial's run is opened on first use, named after it, and closed with it", async () => {
  const runs = newFolder();
  process.env.TUNELAB_RUNS = runs;
  try {
    const result = await run({
      objective: (trial) => {
        const x = trial.suggestFloat("x", 0, 1);
        if (trial.number === 0) return x;
        trial.run.log({ "train/loss": x }, 0);
        if (trial.number === 2) throw new Error("late failure");
        return x;
      },
      trials: 3,
      name: "recorded",
    });
    const [none, kept, failed] = result.trials.map((trial) => trial.runDir);
    expect(none).toBeUndefined();
    const { record, scalars } = readRun(kept as string);
    expect(record).toMatchObject({ name: "recorded-1", group: "recorded", status: "finished" });
    expect(record.config).toEqual(result.trials[1]?.params);
    expect([...(scalars.get("train/loss")?.values ?? [])]).toEqual([result.trials[1]?.params.x]);
    expect(readRun(failed as string).record.status).toBe("failed");
  } finally {
    delete process.env.TUNELAB_RUNS;
  }
});

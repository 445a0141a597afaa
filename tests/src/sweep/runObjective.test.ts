import { expect, test } from "vitest";
import { TrialPruned } from "../../../src/base/errors.js";
import { sweep } from "../../../src/sweep/sweep.js";
import type { Trial } from "../../../src/sweep/trial.js";
import { newFolder, run, stage } from "./inProcess.js";

const scene = stage();

test("a failed trial does not end the sweep, and says why", async () => {
  const result = await run({
    objective: (trial) => {
      const x = trial.suggestFloat("x", 0, 1);
      if (trial.number === 1) throw new Error("no luck");
      if (trial.number === 2) return Number.NaN;
      if (trial.number === 3) return "text";
      return x;
    },
    trials: 6,
  });
  expect(result.trials.map((trial) => trial.state)).toEqual([
    "complete",
    "failed",
    "failed",
    "failed",
    "complete",
    "complete",
  ]);
  expect(result.trials[1]?.error).toMatch(/no luck[\s\S]*runObjective\.test\.ts/);
  expect(result.trials[2]?.error).toMatch(/must return a finite number; it gave NaN/);
  expect(result.trials[3]?.error).toMatch(/must return a finite number; it gave 'text'/);
});

test("no complete trial: best says why", async () => {
  const result = await run({
    objective: () => {
      throw new Error("broken data");
    },
    trials: 2,
  });
  expect(() => result.best).toThrow(/of 2 none is. The first failed with: .*broken data/);
});

test("takes the metric from what is returned, else from the reports", async () => {
  const result = await sweep({
    maximize: "valAccuracy",
    dir: newFolder(),
    progress: false,
    trials: 4,
    objective: (trial) => {
      trial.suggestFloat("x", 0, 1);
      trial.report(0.5, 1);
      trial.report(0.75, 2);
      trial.report(0.6, 3);
      return [
        undefined,
        0.9,
        { valAccuracy: 0.8 },
        { best: (metric: string) => (metric === "valAccuracy" ? 0.7 : 0) },
      ][trial.number];
    },
  });
  expect(result.trials.map((trial) => trial.value)).toEqual([0.75, 0.9, 0.8, 0.7]);
  expect(result.trials[0]?.intermediate).toEqual([
    [1, 0.5],
    [2, 0.75],
    [3, 0.6],
  ]);
});

test("a pruned trial stays pruned even if the objective catches it", async () => {
  const result = await run({
    objective: async (trial) => {
      trial.suggestFloat("x", 0, 1);
      trial.report(trial.number, 1);
      try {
        if (await trial.shouldPrune()) throw new TrialPruned();
      } catch {
        return -100;
      }
      return trial.number;
    },
    pruner: "asha",
    trials: 4,
  });
  expect(result.trials.map((trial) => trial.state)).toEqual(["complete", "pruned", "pruned", "pruned"]);
  expect(result.bestValue).toBe(0);
});

test("reports need rising steps", async () => {
  const result = await run({
    objective: (trial) => {
      trial.report(1, 3);
      trial.report(1, 3);
      return 1;
    },
    trials: 1,
  });
  expect(result.trials[0]?.error).toMatch(/steps that rise, here above 3; it was given 3/);
});

test("a value returned although the sweep was interrupted meanwhile counts; reports or NaN alone do not", async () => {
  for (const [returned, state] of [
    [2, "complete"],
    [{ loss: 3 }, "complete"],
    [undefined, "interrupted"],
    [Number.NaN, "interrupted"],
  ] as const) {
    scene.controller = new AbortController();
    const objective = (trial: Trial) => {
      trial.report(1, 1);
      scene.controller.abort();
      return returned;
    };
    const result = await run({ objective, minimize: "loss", trials: 2 });
    expect(result.trials.map((trial) => trial.state)).toEqual([state]);
  }
});

import { expect, test } from "vitest";
import { TrialPruned } from "../../../src/base/errors.js";
import { random } from "../../../src/base/random.js";
import { readSweep } from "../../../src/sweep/readSweep.js";
import { later, run, stage } from "./inProcess.js";

stage();

const halved = (repeatable: boolean, direction: "minimize" | "maximize") => {
  const chance = random(7);
  return run({
    objective: async (trial) => {
      const x = trial.suggestFloat("x", -5, 5);
      for (let step = 1; step <= 12; step++) {
        await later(2 * chance.next());
        trial.report((direction === "minimize" ? 1 : -1) * ((x - 1) ** 2 + 1 / step), step);
        if (await trial.shouldPrune()) throw new TrialPruned();
      }
      return (direction === "minimize" ? 1 : -1) * (x - 1) ** 2;
    },
    trials: 30,
    parallel: 4,
    pruner: "asha",
    seed: 3,
    repeatable,
    minimize: direction === "minimize" ? true : undefined,
    maximize: direction === "maximize" ? true : undefined,
  });
};

test.each([
  [true, "minimize"],
  [true, "maximize"],
  [false, "minimize"],
] as const)(
  "cut-offs found from the journal tell what the sweep itself decided (repeatable %s, %s)",
  async (repeatable, direction) => {
    const result = await halved(repeatable, direction);
    const { rungs, trials } = readSweep(result.dir);
    const stopped = rungs.filter((decision) => decision.stopped).map(({ trial }) => trial);
    const pruned = trials.filter(({ state }) => state === "pruned").map(({ number }) => number);
    expect([...stopped].sort((a, b) => a - b)).toEqual(pruned);
    expect(pruned.length).toBeGreaterThan(3);
    for (const { value, cutoff, stopped: was } of rungs)
      expect(direction === "minimize" ? value > cutoff : value < cutoff).toBe(was);
    // Every report is at a step of its own, so each trial is judged at each rung that it came to.
    for (const rung of [1, 3, 9])
      expect(rungs.filter((decision) => decision.rung === rung).length).toBe(
        trials.filter(({ intermediate }) => intermediate.some(([step]) => step === rung)).length,
      );
  },
);

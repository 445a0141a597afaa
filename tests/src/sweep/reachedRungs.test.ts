import { expect, test } from "vitest";
import { random } from "../../../src/base/random.js";
import { ashaCutoff } from "../../../src/sweep/pruners/asha.js";
import { ReachedRungs } from "../../../src/sweep/reachedRungs.js";
import { reportsUpTo } from "../../../src/sweep/reportsUpTo.js";
import type { Reports } from "../../../src/sweep/trialRecord.js";

/** By the pruner's own rule, from the reports of all other trials. */
function expected(
  trials: ReadonlyMap<number, Reports>,
  { trial, rung, eta, direction }: { trial: number; rung: number; eta: number; direction: Direction },
): number {
  const others = [...trials].flatMap(([number, reports]) => {
    const upTo = number === trial ? undefined : reportsUpTo(reports, rung);
    return upTo ? [upTo] : [];
  });
  return ashaCutoff(others, { step: rung, eta, direction });
}
type Direction = "minimize" | "maximize";

test.each([
  [3, "minimize"],
  [3, "maximize"],
  [1.5, "maximize"],
] as const)(
  "holds trials to what the pruner itself finds, with skipped rungs, NaN, ties and new starts (eta %d, %s)",
  (eta, direction) => {
    const chance = random(11);
    const among = (count: number) => Math.floor(chance.next() * count);
    const reached = new ReachedRungs({ eta, minSteps: 1, maxSteps: 40 }, direction);
    const trials = new Map<number, [number, number][]>();
    for (let i = 0; i < 600; i++) {
      const trial = among(40);
      if (among(20) === 0) {
        reached.forget(trial);
        trials.delete(trial);
        continue;
      }
      const reports = trials.get(trial) ?? [];
      const step = (reports.at(-1)?.[0] ?? 0) + 1 + among(4);
      const value = among(10) === 0 ? Number.NaN : among(12) - 6;
      reports.push([step, value]);
      trials.set(trial, reports);
      reached.report(trial, step, value);
      for (let rung = 1; rung <= step && rung < 40; rung *= eta)
        expect(reached.cutoff(trial, rung) + 0).toBe(expected(trials, { trial, rung, eta, direction }) + 0);
    }
    expect([...trials.values()].some((reports) => (reports.at(-1)?.[0] ?? 0) > 40)).toBe(true);
  },
);

test("holds the first trial of a rung to nothing", () => {
  const reached = new ReachedRungs({ eta: 3, minSteps: 1 }, "minimize");
  reached.report(0, 5, 2);
  expect(reached.cutoff(0, 3)).toBeNaN();
  expect(reached.cutoff(1, 3)).toBe(2);
  expect(reached.cutoff(1, 9)).toBeNaN();
});

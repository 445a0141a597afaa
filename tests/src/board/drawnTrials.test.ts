import { expect, it } from "vitest";
import { drawnTrials } from "../../../src/board/drawnTrials.js";
import { exampleSweep } from "./exampleRuns.js";

it("draws all of few trials, and says nothing", () => {
  const { trials } = exampleSweep(20);
  expect(drawnTrials(trials, 20, "maximize")).toEqual({ trials });
});

it("keeps the best of many, the first and the last, in their order, and says how many it left out", () => {
  const { trials } = exampleSweep(500);
  const drawn = drawnTrials(trials, 100, "maximize");
  const numbers = drawn.trials.map(({ number }) => number);
  expect(numbers).toHaveLength(100);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  const best = trials
    .filter(({ state }) => state === "complete")
    .sort((a, b) => b.value - a.value)
    .slice(0, 50);
  for (const { number } of best) expect(numbers).toContain(number);
  expect(numbers).toContain(499);
  expect(drawn.note).toBe("100 of 500 trials drawn: the best 50, the others evenly spread");
});

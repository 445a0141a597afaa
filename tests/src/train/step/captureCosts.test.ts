import { expect, it } from "vitest";
import { CaptureCosts } from "../../../../src/train/step/captureCosts.js";

it("has a sum for each kind of step and size of batch, in the order of their first captures", () => {
  const costs = new CaptureCosts();
  costs.add("train", 64, { tracing: 3, firstRun: 20 });
  costs.add("evaluate", 64, { tracing: 1, firstRun: 5 });
  costs.add("train", 8, { tracing: 2, firstRun: 10 });
  costs.add("update", undefined, { tracing: 0.5, firstRun: undefined });
  costs.add("train", 64, { tracing: 4, firstRun: 30 });
  costs.add("train", 64, { tracing: 5, firstRun: 40 });
  expect(costs.all).toEqual([
    { kind: "train", batchSize: 64, count: 3, tracing: 12, firstRun: 90 },
    { kind: "evaluate", batchSize: 64, count: 1, tracing: 1, firstRun: 5 },
    { kind: "train", batchSize: 8, count: 1, tracing: 2, firstRun: 10 },
    { kind: "update", batchSize: undefined, count: 1, tracing: 0.5, firstRun: undefined },
  ]);
});

it("knows of a first run that comes later, and forgets none that came", () => {
  const costs = new CaptureCosts();
  const first: { tracing: number; firstRun: number | undefined } = { tracing: 3, firstRun: undefined };
  costs.add("train", 64, first);
  expect(costs.all[0]?.firstRun).toBeUndefined();
  first.firstRun = 20;
  expect(costs.all[0]?.firstRun).toBe(20);
  costs.add("train", 64, { tracing: 4, firstRun: undefined });
  expect(costs.all).toEqual([{ kind: "train", batchSize: 64, count: 2, tracing: 7, firstRun: 20 }]);
});

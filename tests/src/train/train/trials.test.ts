import { expect, it } from "vitest";
import { TrialPruned } from "../../../../src/base/errors.js";
import { emptyHistory } from "../../../../src/train/history.js";
import type { TrainingLog } from "../../../../src/train/surroundings.js";
import { trainOnce } from "../trainOnce.js";
import { noisy, small, trialThatPrunesAfter } from "./exampleTraining.js";

it("reports each epoch to its trial and ends when that is pruned", async () => {
  const { trial, reports } = trialThatPrunesAfter(3);
  const log: TrainingLog = { history: emptyHistory(), steps: 0 };
  await expect(trainOnce(small(), noisy, { epochs: 9, trial }, { log })).rejects.toThrow(TrialPruned);
  expect(reports).toEqual(log.history.valLoss.map((value, index) => [index + 1, value]));
  expect(reports).toHaveLength(3);
});

it("goes on counting in a second training of one trial", async () => {
  const { trial, reports } = trialThatPrunesAfter(99);
  const options = { epochs: 2, batchSize: 16, trial };
  const first = await trainOnce(small(), noisy, options);
  const second = await trainOnce(small(), noisy, options);
  expect(reports.map(([step]) => step)).toEqual([1, 2, 3, 4]);
  expect(reports.map(([, value]) => value)).toEqual([...first.history.valLoss, ...second.history.valLoss]);
  expect(second.history).toEqual(first.history);
  const { trial: other, reports: others } = trialThatPrunesAfter(99);
  await trainOnce(small(), noisy, { ...options, trial: other });
  expect(others.map(([step]) => step)).toEqual([1, 2]);
});

it("refuses a trial's metric that it does not measure", async () => {
  const { trial } = trialThatPrunesAfter(3, "valF1");
  await expect(trainOnce(small(), noisy, { epochs: 2, trial })).rejects.toThrow(
    'trial 2 asks for "valF1", measured are loss, accuracy, valLoss, valAccuracy',
  );
});

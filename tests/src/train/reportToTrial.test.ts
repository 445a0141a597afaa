import { expect, test } from "vitest";
import { MetricMissing, TrialPruned } from "../../../src/base/errors.js";
import { reportToTrial } from "../../../src/train/reportToTrial.js";

function trial(metric: string | undefined) {
  const reports: [number, number][] = [];
  const report = (value: number, step: number) => void reports.push([step, value]);
  const seam = { number: 2, params: {}, metric, signal: new AbortController().signal, report };
  return { reports, seam: { ...seam, shouldPrune: async () => true } };
}

const epoch = { values: { valLoss: 0.5 }, epoch: 2, earlier: 5, isLast: false };

test("counts on from earlier trainings, and is pruned unless it is over", async () => {
  const { reports, seam } = trial("valLoss");
  await reportToTrial(seam, { ...epoch, isLast: true });
  await expect(reportToTrial(seam, epoch)).rejects.toThrow(TrialPruned);
  expect(reports).toEqual([
    [7, 0.5],
    [7, 0.5],
  ]);
});

test("refuses a metric that was not measured, by the nearest name; asked for none it does nothing", async () => {
  await expect(reportToTrial(trial("valLos").seam, epoch)).rejects.toThrow(MetricMissing);
  await expect(reportToTrial(trial("valLos").seam, epoch)).rejects.toThrow(/measured are valLoss\..*valLoss/);
  const { reports, seam } = trial(undefined);
  await reportToTrial(seam, epoch);
  await reportToTrial(undefined, epoch);
  expect(reports).toEqual([]);
});

import { expect, it } from "vitest";
import { cutRun, cuts } from "../../../bench/doctor/metrics/cutRun.mjs";
import { firstAlarm } from "../../../bench/doctor/metrics/firstAlarm.mjs";

const series = (steps: number[]) => ({ steps, values: steps.map((step) => step * 10), wallTimes: steps });
/** Of two epochs of 4 steps. */
const run = {
  record: { config: { trainSize: 100, batchSize: 32 }, status: "finished", summary: { loss: 1 } },
  status: "finished",
  scalars: new Map([
    ["train/loss", series([0, 1, 2, 3, 4, 5, 6, 7])],
    ["gradientL2/a", series([0, 3, 6])],
    ["epoch/loss", series([1, 2])],
  ]),
  evaluations: new Map([["validation", [{ step: 8 }]]]),
  histograms: new Map([["weights/a", [{ step: 0 }, { step: 3 }, { step: 6 }]]]),
};

it("leaves of a run what was recorded when so many steps were done", () => {
  const cut = cutRun(run as never, 4);
  expect(cut.scalars.get("train/loss").values).toEqual([0, 10, 20, 30]);
  expect(cut.scalars.get("gradientL2/a").steps).toEqual([0, 3]);
  expect(cut.scalars.get("epoch/loss").steps).toEqual([1]);
  expect(cut.histograms.get("weights/a")).toEqual([{ step: 0 }, { step: 3 }]);
  expect(cut.evaluations.size).toBe(0);
  expect(cut.record.status).toBe("running");
  expect(cut.record.summary).toBeUndefined();
  expect([...cutRun(run as never, 3).scalars.keys()]).toEqual(["train/loss", "gradientL2/a"]);
  expect(run.scalars.get("train/loss")?.steps).toHaveLength(8);
});

it("looks more seldom as a run grows, and at its end", () => {
  expect(cuts(8)).toEqual([1, 2, 3, 4, 5, 6, 8]);
  expect(cuts(1)).toEqual([1]);
});

it("tells when an alarm came first, and when the right one did", () => {
  const look = ({ scalars }: { scalars: Map<string, { steps: number[] }> }) => {
    const count = scalars.get("train/loss")?.steps.length ?? 0;
    if (count < 3) return [];
    return [{ problem: count < 5 ? "plateau" : "leak" }];
  };
  expect(firstAlarm(run as never, { steps: 8, must: ["leak"] as never, look: look as never })).toEqual({
    any: 3,
    right: 5,
  });
  expect(firstAlarm(run as never, { steps: 8, must: [], look: (() => []) as never })).toEqual({});
});

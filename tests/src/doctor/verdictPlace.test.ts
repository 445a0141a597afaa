import { describe, expect, it } from "vitest";
import { diagnose, placeOfVerdict, type Verdict } from "../../../src/doctor/index.js";
import type { RunData } from "../../../src/track/index.js";
import { recordedRuns, runData } from "./recordedRuns.js";

function overfitted(): RunData {
  const found = recordedRuns().find(({ name }) => name === "OF1 mnist 200 rows#0");
  if (!found) throw new Error("the recorded run is gone");
  return runData(found);
}

function verdictOn(run: RunData): Verdict {
  const found = diagnose(run).verdicts.find(({ problem }) => problem === "Overfit");
  if (!found) throw new Error("the doctor should find overfitting");
  return found;
}

describe("placeOfVerdict", () => {
  it("names the series of the evidence and the time of the epoch", () => {
    const run = overfitted();
    const verdict = verdictOn(run);
    const { tags, wallTime } = placeOfVerdict(run, verdict);
    expect(tags).toContain("epoch/valLoss");
    expect(wallTime).toBe(run.scalars.get("epoch/valLoss")?.wallTimes[(verdict.epoch ?? 0) - 1]);
  });

  it("names another program's series as its log does", () => {
    const { scalars, ...run } = overfitted();
    const names: Readonly<Record<string, string>> = {
      "epoch/loss": "Loss/train",
      "epoch/valLoss": "Loss/val",
      "epoch/accuracy": "acc/train",
      "epoch/valAccuracy": "acc/val",
    };
    const renamed = new Map(
      [...scalars].flatMap(([tag, series]) => (names[tag] ? [[names[tag], series] as const] : [])),
    );
    const foreign = { ...run, scalars: renamed, record: { ...run.record, foreign: true as const } };
    const { tags, wallTime } = placeOfVerdict(foreign, verdictOn(foreign));
    expect(tags).toContain("Loss/val");
    expect(tags.every((tag) => renamed.has(tag))).toBe(true);
    expect(wallTime).toBeDefined();
  });

  it("gives no time where the verdict has neither step nor epoch", () => {
    const run = overfitted();
    const { step: _, epoch: __, ...verdict } = verdictOn(run);
    expect(placeOfVerdict(run, verdict).wallTime).toBeUndefined();
  });
});

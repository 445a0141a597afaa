import { describe, expect, it } from "vitest";
import { importanceCaution, importanceDoubt } from "../../../src/board/importanceDoubt.js";
import { importancesChart } from "../../../src/board/panels/sweepImportances.js";
import type { SweepData, TrialPoint } from "../../../src/board/sweepData.js";
import { exampleSweep } from "./exampleRuns.js";
import { panelStyle } from "./panelStyle.js";

type Given = Pick<TrialPoint, "state" | "params" | "value">;

/** Complete trials with these parameters, and values that differ. */
function trials(count: number, params: (i: number) => TrialPoint["params"]): Given[] {
  return Array.from({ length: count }, (_, i) => ({ state: "complete", params: params(i), value: i }));
}
/** Two that vary apart. */
const apart = (i: number) => ({ lr: (i * 7) % 11, optimizer: i % 2 ? "sgd" : "adam" });

describe("importanceDoubt", () => {
  it("asks for ten complete trials, of which two have different values", () => {
    expect(importanceDoubt(trials(2, apart))).toBe("importances need 10 complete trials; there are 2");
    const failed = trials(30, apart).map(
      (trial, i): Given => (i === 4 ? trial : { ...trial, state: "failed" }),
    );
    expect(importanceDoubt(failed)).toBe("importances need 10 complete trials; there is 1");
    const diverged = trials(12, apart).map((trial) => ({ ...trial, value: Number.NaN }));
    expect(importanceDoubt(diverged)).toBe("importances need 10 complete trials; there are 0");
    const alike = trials(10, apart).map((trial) => ({ ...trial, value: 0.5 }));
    expect(importanceDoubt(alike)).toBe("importances need trials with different values; these have one");
    expect(importanceDoubt(trials(10, apart))).toBeUndefined();
  });

  it("asks for parameters that vary apart", () => {
    const told = (params: (i: number) => TrialPoint["params"]) => importanceDoubt(trials(12, params));
    const sentence = "importances need parameters that vary apart; lr and optimizer never do";
    // One says the other, as in runs of which each half was configured alike.
    expect(told((i) => ({ lr: i % 2 ? 0.1 : 0.01, optimizer: i % 2 ? "sgd" : "adam", units: i }))).toBe(
      sentence,
    );
    expect(told((i): TrialPoint["params"] => (i % 2 ? { lr: 0.1, optimizer: "sgd" } : { lr: 0.01 }))).toBe(
      sentence,
    );
    // Each trial has a rate of its own, and the other follows it, up or down.
    expect(told((i) => ({ lr: i, optimizer: 2 * i }))).toBe(sentence);
    expect(told((i) => ({ lr: i, optimizer: -i }))).toBe(sentence);
    // As a random search draws them: all different, in no order.
    expect(told((i) => ({ lr: (i * 5) % 12, optimizer: (i * 7) % 12 }))).toBeUndefined();
    // A parameter that never varies stands beside nothing.
    expect(told((i) => ({ lr: i % 3, seed: 1, epochs: 5 }))).toBeUndefined();
  });
});

describe("the chart of importances", () => {
  const sweep = exampleSweep(40);
  const complete = sweep.trials.filter(({ state }) => state === "complete");
  const of = (count: number): SweepData => ({
    ...sweep,
    trials: Array.from({ length: count }, (_, i) => ({
      ...(complete[i % complete.length] as TrialPoint),
      number: i,
      value: i,
      params: apart(i),
    })),
    importances: { lr: 0.99, optimizer: 0.01 },
  });
  const subtitle = (count: number) =>
    (importancesChart(of(count), panelStyle)?.title as { subtitle?: string } | undefined)?.subtitle;

  it("has a sentence in its place where the trials are too few, and calls those of few trials rough", () => {
    const few = importancesChart(of(2), panelStyle);
    expect(few?.encoding).toEqual({
      text: { value: ["importances need 10 complete trials;", "there are 2"] },
    });
    expect(subtitle(12)).toBe("what sets the best tenth of 12 complete trials apart; rough below 20 trials");
    expect(subtitle(20)).toBe("what sets the best tenth of 20 complete trials apart");
    expect(importanceCaution(of(19).trials)).not.toBe("");
    expect(importanceCaution(of(20).trials)).toBe("");
  });
});

import { describe, expect, it } from "vitest";
import type { Diagnosis, Prescription, Verdict } from "../../../src/doctor/index.js";
import { type Changes, noChanges, withChange } from "../../../src/fix/changes.js";
import type { FixState } from "../../../src/fix/fixFacts.js";
import { keyOf, nextPrescription } from "../../../src/fix/nextPrescription.js";

const change = (text: string, fit?: NonNullable<Prescription["change"]>["fit"]): Prescription => ({
  text,
  ...(fit && { change: { fit } }),
});

const verdict = (problem: string, prescription: Prescription[], more: Partial<Verdict> = {}): Verdict =>
  ({ problem, severity: "warning", prescription, ...more }) as Verdict;

function state(verdicts: readonly Verdict[], changes: Changes = noChanges): FixState {
  return { diagnosis: { verdicts } as unknown as Diagnosis, changes } as FixState;
}

describe("nextPrescription", () => {
  const overfit = verdict("Overfit", [
    change("get more data"),
    change("stop", { patience: 3 }),
    change("decay", { weightDecay: 1e-4 }),
  ] as Prescription[]);
  const low = verdict("LearningRateTooLow", [change("raise", { learningRate: 0.1 })]);
  const symptom = verdict("Plateau", [change("wait", { epochs: 90 })], { follows: "LearningRateTooLow" });
  const remark = verdict("DataLeak", [change("shuffle", { batchSize: 8 })], { severity: "info" });
  const all = state([symptom, remark, overfit, low]);

  it("takes the first ones of all roots in order of cause, then the second ones, and never advice alone", () => {
    const tried = new Set([keyOf(noChanges)]);
    const taken: string[] = [];
    for (let found = nextPrescription(all, tried); found; found = nextPrescription(all, tried)) {
      taken.push(found.next.text);
      tried.add(keyOf(withChange(noChanges, found.next.change, found.verdict)));
    }
    expect(taken).toEqual(["raise", "stop", "decay"]);
  });

  it("does not try what the first training was set to, but that of another optimiser", () => {
    const from = { ...noChanges, fit: { learningRate: 0.01 } };
    const tried = new Set([keyOf(noChanges)]);
    const had = { learningRate: 0.1, optimizer: "sgd" };
    expect(nextPrescription(state([low], from), tried, had)).toBeUndefined();
    const adam = { ...noChanges, fit: { learningRate: 0.01, optimizer: "adam" } };
    expect(nextPrescription(state([low], adam), tried, had)?.next.text).toBe("raise");
  });

  it("does not try again from another state what comes to the same", () => {
    const from = { ...noChanges, fit: { weightDecay: 1e-4 } };
    const tried = new Set([keyOf({ ...noChanges, fit: { learningRate: 0.1, weightDecay: 1e-4 } })]);
    expect(nextPrescription(state([low], from), tried)).toBeUndefined();
    expect(nextPrescription(state([low]), tried)?.next.text).toBe("raise");
  });
});

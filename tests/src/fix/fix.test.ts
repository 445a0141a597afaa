import { describe, expect, it } from "vitest";
import type { Diagnosis, RuleOutcome } from "../../../src/doctor/index.js";
import { noChanges } from "../../../src/fix/changes.js";
import { Fix } from "../../../src/fix/fix.js";
import type { FixState } from "../../../src/fix/fixFacts.js";

function state(
  dir: string,
  accuracy: number,
  { alarm = false, beyond = true, outcome = "healthy" as RuleOutcome["outcome"] } = {},
): FixState {
  const top = alarm ? { problem: "Overfit" } : undefined;
  return {
    dir,
    changes: noChanges,
    beyondGuessing: beyond,
    outcome: { metric: "valAccuracy", score: accuracy, value: accuracy },
    diagnosis: {
      name: "mine",
      top,
      headline: top?.problem ?? "healthy",
      outcomes: [{ problem: "Overfit", outcome }],
    } as unknown as Diagnosis,
  };
}

const fixed = (best: FixState) =>
  new Fix({ before: state("a", 0.8, { alarm: true }), best, attempts: [], advice: [] });

describe("Fix.toString", () => {
  it("marks a loss in units of another target, on the page too", () => {
    const of = (dir: string, value: number, changes = noChanges): FixState => ({
      ...state(dir, 0, { alarm: changes === noChanges }),
      outcome: { metric: "valLoss", score: -value, value },
      changes,
    });
    const best = of("b", 0.01058, { ...noChanges, data: ["normalizeTarget"] });
    const prescription = { text: "Bring the target to a mean of 0" };
    const attempts = [
      { ...best, number: 1, prescription, added: best.changes, probe: false },
      { ...of("c", 9e6), number: 2, prescription, added: noChanges, probe: false },
    ];
    const fix = new Fix({ before: of("a", 1.571e7), best, attempts, advice: [] });
    const note = "* of other rows, or of another loss or target: not to be compared with what was before";
    for (const shown of [String(fix), String(fix.toMimeBundle()["text/html"])]) {
      expect(shown).toContain("0.01058 *");
      expect(shown).not.toContain("9.000e+6 *");
      expect(shown).toContain(note);
    }
  });
});

describe("Fix.cured", () => {
  it("needs a silence that what was measured agrees with", () => {
    expect(fixed(state("b", 0.9)).cured).toBe(true);
    expect(fixed(state("b", 0.9, { alarm: true })).cured).toBe(false);
    const silent = fixed(state("b", 0.8));
    expect([silent.cured, silent.improved, silent.headline]).toEqual([
      false,
      true,
      "mine: no alarm is left, but valAccuracy is no better than before: no cure of Overfit",
    ]);
    expect(silent.toJSON()).toMatchObject({ cured: false, doubt: "valAccuracy is no better than before" });
  });

  it("needs a rule that could judge again, and answers better than by guessing", () => {
    expect(fixed(state("b", 0.9, { outcome: "notEnough" })).headline).toBe(
      "mine: no alarm is left, but too little was recorded to judge Overfit again: no cure of Overfit",
    );
    expect(fixed({ ...state("b", 0.9), nearest: 0.92 }).cured).toBe(true);
    expect(fixed({ ...state("b", 0.9), nearest: 0.97 }).headline).toBe(
      "mine: no alarm is left, but it answers less well than a vote of the nearest training rows (0.900 of 0.970): no cure of Overfit",
    );
    expect(fixed(state("b", 0.9, { beyond: false })).headline).toBe(
      "mine: no alarm is left, but it answers no better than by guessing: no cure of Overfit",
    );
  });
});

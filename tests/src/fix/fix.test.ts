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
  const top = alarm
    ? { problem: "Overfit", message: "It knows rows by heart.", prescription: [] }
    : undefined;
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
  it("tells a loss of scaled targets in the unit that they had, or why it cannot", () => {
    const told = (outcome: object) => {
      const best = {
        ...state("b", 0),
        outcome: { metric: "valLoss", score: -2e6, value: 2e6, ...outcome },
        changes: { ...noChanges, data: ["normalizeTarget"] as const },
      };
      const attempts = [
        { ...best, number: 1, prescription: { text: "Scale" }, added: best.changes, probe: false },
      ];
      const before = {
        ...state("a", 0, { alarm: true }),
        outcome: { metric: "valLoss", score: -1e7, value: 1e7 },
      };
      const fix = new Fix({ before, best, attempts, advice: [] });
      return `${fix} ${fix.toMimeBundle()["text/html"]}`;
    };
    const known = told({ scaledBy: 4e6 });
    const unit = "1: its valLoss is that of scaled targets, times 4e6: in the unit that they had";
    expect(known.split(unit)).toHaveLength(3);
    expect(known).not.toContain(" *");
    const unknown = told({ otherUnit: "it includes penalties" });
    const why =
      "1: its valLoss is that of scaled targets, and cannot be told in the unit that they had: it includes penalties";
    expect(unknown.split(why)).toHaveLength(3);
    expect(unknown).toContain(" *");
  });

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

it("says that fit took another loss for a changed model, and compares no losses then", () => {
  const named = (one: FixState, loss: string, changes = noChanges): FixState => ({ ...one, loss, changes });
  const before = named(state("a", 0.8, { alarm: true }), "binaryCrossEntropy");
  const best = named(state("b", 0.9), "crossEntropy", { ...noChanges, model: { classes: 2 } });
  const prescription = { text: "End the model in a softmax" };
  const attempts = [{ ...best, number: 1, prescription, added: best.changes, probe: false }];
  const fix = new Fix({ before, best, attempts, advice: [] });
  const text =
    "1: its loss is crossEntropy, which fit takes for the changed model, and not binaryCrossEntropy as before";
  expect(String(fix)).toContain(text);
  expect(String(fix.toMimeBundle()["text/html"])).toContain(text);
  expect(fix.toJSON()).toMatchObject({
    before: { loss: "binaryCrossEntropy" },
    attempts: [{ loss: "crossEntropy" }],
  });
});

it("says why a training that measured more is not preferred, and of which epoch a value is", () => {
  const of = (dir: string, accuracy: number, number: number) => {
    const made = { ...state(dir, accuracy), validationRows: 1000 };
    const of = { number, prescription: { text: "Lower the rate" }, added: noChanges, probe: false };
    return { ...made, ...of };
  };
  const [one, two] = [of("b", 0.919, 1), of("c", 0.925, 2)];
  const kept = { ...one, outcome: { ...one.outcome!, kept: { epoch: 6, last: 0.9 } } };
  const before = { ...state("a", 0.5, { alarm: true }), validationRows: 1000 };
  const text = (second: typeof two) => {
    const fix = new Fix({ before, best: kept, attempts: [kept, second], advice: [] });
    return `${fix} ${fix.toMimeBundle()["text/html"]}`;
  };
  const chance = "2 is not preferred to 1: its valAccuracy is better, but not by more than chance may bring";
  expect(text(two).split(chance)).toHaveLength(3);
  expect(text(two)).toContain(
    "1: its valAccuracy is that of epoch 6, whose weights were kept; the last one had 0.9000",
  );
  expect(text(of("c", 0.9, 2))).not.toContain("is not preferred");
  expect(text(of("c", 0.99, 2))).toContain("but it leaves more alarms, or is within reach of guessing");
});

describe("Fix of a run whose data.json cannot be read", () => {
  const why = "read /runs/a/data.json: its checksum is another";
  const unread = (one: FixState): FixState => {
    const missing = `data.json whole: ${why}`;
    const outcomes = [
      { problem: "Overfit", outcome: "verdict" },
      { problem: "DataLeak", outcome: "notEnough", missing },
      { problem: "ClassImbalance", outcome: "notEnough", missing },
      { problem: "DyingReLU", outcome: "notEnough", missing: "gradients" },
    ];
    return { ...one, unread: why, diagnosis: { ...one.diagnosis, outcomes } as unknown as Diagnosis };
  };
  const of = (before: FixState, best: FixState): Fix => {
    const attempt = { number: 1, prescription: { text: "Stop" }, added: best.changes, probe: false };
    return new Fix({ before, best, attempts: best === before ? [] : [{ ...best, ...attempt }], advice: [] });
  };
  const first = `data.json of the first training could not be read (${why}), so of it are not judged: DataLeak, ClassImbalance, whether its labels can be learnt at all`;

  it("says what it cannot judge of it, where nothing was tried too", () => {
    const before = unread(state("a", 0.8, { alarm: true }));
    for (const fix of [of(before, before), of(before, state("b", 0.9))]) {
      expect(String(fix)).toContain(first);
      expect(String(fix.toMimeBundle()["text/html"])).toContain(first);
      expect(fix.toJSON()).toMatchObject({ unread: [first] });
    }
  });

  it("says it of a copy, whose answers are not compared with guessing then", () => {
    const fix = of(state("a", 0.8, { alarm: true }), unread(state("b", 0.9)));
    expect(String(fix)).toContain(
      `data.json of training 1 could not be read (${why}), so of it are not judged: DataLeak, ClassImbalance, whether it answers better than by guessing`,
    );
  });

  it("says nothing of it where all could be read", () => {
    const fix = of(state("a", 0.8, { alarm: true }), state("b", 0.9));
    expect(String(fix)).not.toContain("data.json");
    expect(fix.toJSON()).not.toHaveProperty("unread");
  });
});

describe("Fix.cured", () => {
  it("judges uneven classes by their recalls, not by an accuracy", () => {
    const of = (
      dir: string,
      value: number,
      { alarm = false, leastRecall = 0.9, metric = "valBalancedAccuracy" },
    ) => {
      const made = state(dir, value, { alarm });
      const diagnosis = {
        ...made.diagnosis,
        top: alarm ? { problem: "ClassImbalance" } : undefined,
        outcomes: [{ problem: "ClassImbalance", outcome: "healthy" }],
      } as unknown as Diagnosis;
      return { ...made, diagnosis, outcome: { metric, score: value, value, accuracy: 0.9, leastRecall } };
    };
    const before = of("a", 0.5, { alarm: true, leastRecall: 0 });
    const doubt = (best: FixState, first: FixState = before) =>
      new Fix({ before: first, best, attempts: [], advice: [] }).doubt;
    expect(doubt(of("b", 0.93, {}))).toBeUndefined();
    expect(doubt(of("b", 0.7, { leastRecall: 0.4 }))).toBe(
      "a class is found in 0.40 of its validation rows only",
    );
    expect(doubt(of("b", 0.53, {}))).toBe("valBalancedAccuracy is no better than before");
    const accuracy = { metric: "valAccuracy" };
    expect(doubt(of("b", 0.99, accuracy), of("a", 0.9, { ...accuracy, alarm: true }))).toBe(
      "valAccuracy cannot show it: compare the recall of each class by evaluate",
    );
  });

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

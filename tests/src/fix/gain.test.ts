import { describe, expect, it } from "vitest";
import { noChanges } from "../../../src/fix/changes.js";
import { gainOf, isComparable, type Measured } from "../../../src/fix/gain.js";
import type { Outcome } from "../../../src/fix/outcome.js";

const accuracy = (value: number, loss?: number, changes = noChanges): Measured => {
  const outcome: Outcome = {
    metric: "valAccuracy",
    score: value,
    value,
    ...(loss !== undefined && { loss }),
  };
  return { outcome, changes };
};
const loss = (value: number, changes = noChanges): Measured => ({
  outcome: { metric: "valLoss", score: -value, value },
  changes,
});

describe("gainOf", () => {
  it.each([
    [accuracy(0.9), accuracy(0.8), "better"],
    [accuracy(0.8), accuracy(0.805), "same"],
    [accuracy(0.76), accuracy(0.8), "worse"],
    // As often right, and less wrong where it is.
    [accuracy(0.8, 0.5), accuracy(0.8, 1), "better"],
    [accuracy(0.78, 0.5), accuracy(0.8, 1), "same"],
    [loss(0.9), loss(1), "better"],
    [loss(0.96), loss(1), "same"],
    [loss(1.2), loss(1), "worse"],
    [accuracy(Number.NaN), accuracy(0.5), "worse"],
    [accuracy(0.5), accuracy(Number.NaN), "better"],
    [accuracy(0.5), loss(0.5), "unknown"],
  ])("compares what was measured (%#)", (one, other, gain) => {
    expect(gainOf(one, other)).toBe(gain);
  });

  it("takes nothing from losses that are computed otherwise, nor from accuracies of other rows", () => {
    const other = { ...noChanges, fit: { loss: "crossEntropy" } };
    expect(gainOf(loss(0.1, other), loss(1))).toBe("unknown");
    expect(gainOf(accuracy(0.8, 0.1, other), accuracy(0.8, 1))).toBe("same");
    const fewer = { ...noChanges, data: ["removeLeak"] as const };
    expect(gainOf(accuracy(0.7, 1, fewer), accuracy(1, 0))).toBe("unknown");
    const suspects = { ...noChanges, data: [{ removeRows: [1] }] };
    expect(gainOf(accuracy(0.9, 1, suspects), accuracy(0.8, 1))).toBe("better");
  });
});

it("takes nothing from losses that fit took otherwise for a changed model, and compares those of one name", () => {
  const other = { ...noChanges, model: { classes: 2 } };
  const of = (value: number, name: string, changes = noChanges) => ({
    ...accuracy(0.8, value, changes),
    loss: name,
  });
  const before = of(1, "binaryCrossEntropy");
  expect(gainOf(of(0.1, "crossEntropy", other), before)).toBe("same");
  expect(gainOf(of(0.1, "binaryCrossEntropy", other), before)).toBe("better");
  // Said by name what fit took by itself.
  const named = { ...noChanges, fit: { loss: "binaryCrossEntropy" } };
  expect(gainOf(of(0.1, "binaryCrossEntropy", named), before)).toBe("better");
});

it("takes for chance what is within 3 standard errors of the validation rows, but a lower loss for what it is", () => {
  const of = (value: number, rows: number, loss?: number) => ({
    ...accuracy(value, loss),
    validationRows: rows,
  });
  // √(0.109 · 0.891 / 1000) = 0.00985: an accuracy that is 0.026 higher is 2.6 standard errors off.
  expect(gainOf(of(0.122, 1000), of(0.096, 1000))).toBe("same");
  expect(gainOf(of(0.122, 10_000), of(0.096, 10_000))).toBe("better");
  expect(gainOf(of(0.96, 100), of(0.9, 100))).toBe("same");
  expect(gainOf(of(0.96, 100, 0.2), of(0.9, 100, 0.3))).toBe("better");
  expect(gainOf(of(0.96, 300), of(0.9, 300))).toBe("better");
  // Of many rows a hundredth is the least.
  expect(gainOf(of(0.905, 100_000), of(0.9, 100_000))).toBe("same");
});

describe("isComparable", () => {
  const changed = (fit: Measured["changes"]["fit"], data: readonly "normalizeTarget"[] = []) => ({
    ...noChanges,
    fit,
    data,
  });

  it("is false of losses computed otherwise, and of training losses with other weights", () => {
    expect(isComparable(loss(0.01, changed({}, ["normalizeTarget"])), loss(1e7))).toBe(false);
    const told = loss(0.01, changed({}, ["normalizeTarget"]));
    const inUnit = { ...told, outcome: { ...told.outcome!, scaledBy: 4 } };
    expect([isComparable(inUnit, loss(1e7)), gainOf(inUnit, loss(1e7))]).toEqual([true, "better"]);
    expect(isComparable(accuracy(0.9, 1, changed({ loss: "crossEntropy" })), accuracy(0.8, 1))).toBe(true);
    expect(isComparable(accuracy(0.9), loss(1))).toBe(false);
    const weighted = changed({ classWeights: "balanced" });
    expect(isComparable(loss(0.5, weighted), loss(1))).toBe(true);
    const training = (changes = noChanges): Measured => ({
      outcome: { metric: "loss", score: -1, value: 1 },
      changes,
    });
    expect(isComparable(training(weighted), training())).toBe(false);
  });
});

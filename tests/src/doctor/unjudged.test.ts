import { expect, it } from "vitest";
import { unjudged, unjudgedPart, unjudgedText } from "../../../src/doctor/unjudged.js";
import type { RuleOutcome } from "../../../src/doctor/verdict.js";

const outcomes: readonly RuleOutcome[] = [
  { problem: "ExplodingGradient", outcome: "notEnough", missing: "gradient norms" },
  { problem: "Overfit", outcome: "notEnough", missing: "the validation loss" },
  { problem: "LossNotDecreasing", outcome: "healthy" },
  { problem: "DeadLayer", outcome: "notEnough", missing: "gradient norms" },
];

it("puts rules that lack the same together, in their order", () => {
  expect(unjudged(outcomes).map(unjudgedPart)).toEqual([
    "ExplodingGradient, DeadLayer (needs gradient norms)",
    "Overfit (needs the validation loss)",
  ]);
});

it("says them in one line, and nothing where all could judge", () => {
  expect(unjudgedText(outcomes)).toBe(
    "not judged: ExplodingGradient, DeadLayer (needs gradient norms); Overfit (needs the validation loss)",
  );
  expect(unjudgedText(outcomes.slice(2, 3))).toBeUndefined();
});

it("says the names alone where the line would be long", () => {
  const many = outcomes.map((one) => ({
    ...one,
    ...(one.missing && { missing: `${one.missing} `.repeat(12) }),
  }));
  expect(unjudgedText(many)).toBe(
    "not judged (--json says what each needs): ExplodingGradient, DeadLayer, Overfit",
  );
});

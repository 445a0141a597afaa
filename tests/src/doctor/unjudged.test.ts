import { expect, it } from "vitest";
import { unjudged, unjudgedText } from "../../../src/doctor/unjudged.js";

it("puts rules that lack the same together, in their order", () => {
  const left = unjudged([
    { problem: "ExplodingGradient", outcome: "notEnough", missing: "gradient norms" },
    { problem: "Overfit", outcome: "notEnough", missing: "the validation loss" },
    { problem: "LossNotDecreasing", outcome: "healthy" },
    { problem: "DeadLayer", outcome: "notEnough", missing: "gradient norms" },
  ]);
  expect(left.map(unjudgedText)).toEqual([
    "not judged: ExplodingGradient, DeadLayer (needs gradient norms)",
    "not judged: Overfit (needs the validation loss)",
  ]);
});

import { expect, test } from "vitest";
import { causes, rootOf } from "../../../src/doctor/causes.js";
import { type Problem, problems, type Severity, type Verdict } from "../../../src/doctor/verdict.js";

function verdict(
  problem: Problem,
  severity: Severity = "error",
  mayFollow: readonly Problem[] = [],
): Verdict {
  return { problem, severity, message: "", evidence: [], prescription: [], mayFollow };
}

test("a symptom's root is the first cause of the chain that was found", () => {
  const found = [
    verdict("UnnormalizedInput", "warning"),
    verdict("LearningRateTooHigh"),
    verdict("Diverging"),
  ];
  expect(rootOf(found[2]!, found)?.problem).toBe("UnnormalizedInput");
  expect(rootOf(found[2]!, found.slice(1))?.problem).toBe("LearningRateTooHigh");
  expect(rootOf(found[2]!, found.slice(2))).toBeUndefined();
});

test("a remark explains no alarm, and an alarm explains a remark", () => {
  const [remark, alarm] = [verdict("Overfit", "info"), verdict("Overtraining", "warning")];
  expect(rootOf(alarm, [remark, alarm])).toBeUndefined();
  const over = [verdict("Overfit", "warning"), verdict("Overtraining", "info")];
  expect(rootOf(over[1]!, over)?.problem).toBe("Overfit");
});

test("of two that name each other the earlier is the root", () => {
  const found = [
    verdict("DeadLayer", "error", ["VanishingGradient"]),
    verdict("VanishingGradient", "error", ["DeadLayer"]),
  ];
  expect(rootOf(found[0]!, found)).toBeUndefined();
  expect(rootOf(found[1]!, found)?.problem).toBe("DeadLayer");
});

test("no problem comes about by itself, through whatever others", () => {
  const reached = (problem: Problem, passed: readonly Problem[]): readonly Problem[] =>
    (causes[problem] ?? []).flatMap((cause) => {
      expect([problem, ...passed]).not.toContain(cause);
      return [cause, ...reached(cause, [problem, ...passed])];
    });
  for (const problem of problems) expect(reached(problem, [])).not.toContain(problem);
});

test("what dies later was thrown by what exploded, not by the beginning behind that; an Overfit may be of a rare class", () => {
  const died = verdict("DyingReLU", "error", ["ExplodingGradient", "BadInitialization"]);
  const found = [verdict("BadInitialization", "warning"), verdict("ExplodingGradient"), died];
  expect(rootOf(died, found)?.problem).toBe("ExplodingGradient");
  const over = [verdict("ClassImbalance"), verdict("Overfit", "warning")];
  expect(rootOf(over[1]!, over)?.problem).toBe("ClassImbalance");
});

test("a validation loss that rises may be the rate's doing", () => {
  const over = [verdict("LearningRateTooHigh"), verdict("Overfit", "warning")];
  expect(rootOf(over[1]!, over)?.problem).toBe("LearningRateTooHigh");
});

test("what a verdict says of itself comes before the table", () => {
  const died = verdict("DyingReLU", "error", ["Underfit"]);
  const found = [died, verdict("Underfit")];
  expect(rootOf(died, found)?.problem).toBe("Underfit");
  expect(rootOf(found[1]!, found)).toBeUndefined();
  const alone = [verdict("DyingReLU"), verdict("Underfit")];
  expect(rootOf(alone[0]!, alone)).toBeUndefined();
  expect(rootOf(alone[1]!, alone)?.problem).toBe("DyingReLU");
});

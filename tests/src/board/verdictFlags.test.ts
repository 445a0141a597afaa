import { expect, it } from "vitest";
import { flagName, flagsWithRoom, type VerdictFlag } from "../../../src/board/verdictFlags.js";

const flag = (problem: string, severity: string, follows?: string): VerdictFlag => ({
  runs: ["one"],
  verdict: { problem, severity, message: "", tags: [], ...(follows && { follows }) } as never,
});

it("shows causes before symptoms, the worst first, and counts those without room", () => {
  const flags = [
    flag("DyingReLU", "error", "LearningRateTooHigh"),
    flag("UnnormalizedInput", "warning"),
    flag("ExplodingGradient", "error", "LearningRateTooHigh"),
    flag("Overfit", "info"),
    flag("LearningRateTooHigh", "error"),
  ];
  const { shown, rest } = flagsWithRoom(flags);
  expect(shown.map(({ verdict }) => verdict.problem)).toEqual([
    "LearningRateTooHigh",
    "UnnormalizedInput",
    "Overfit",
    "DyingReLU",
  ]);
  expect(rest.map(({ verdict }) => verdict.problem)).toEqual(["ExplodingGradient"]);
});

it("says whose it is in a chart of several runs, and of how many", () => {
  const one = flag("Overfit", "warning");
  expect([flagName(one, false), flagName(one, true)]).toEqual(["Overfit", "Overfit · one"]);
  expect(flagName({ ...one, runs: ["one", "two"] }, true)).toBe("Overfit ×2");
});

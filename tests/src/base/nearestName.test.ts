import { expect, it } from "vitest";
import { didYouMean, nearestName, nearestNames } from "../../../src/base/nearestName.js";

it.each([
  ["valAcuracy", ["loss", "valLoss", "valAccuracy"], "valAccuracy"],
  ["bord", ["board", "best", "doctor"], "board"],
  ["trails", ["trials", "timeout"], "trials"],
  ["baord", ["board", "doctor", "typecheck"], "board"],
  // A letter exchanged and one replaced.
  ["typehceck2", ["board", "typecheck"], "typecheck"],
  ["UNITS", ["units"], "units"],
  ["learn", ["loss", "learningRate"], "learningRate"],
  ["nosuch", ["baseline", "deep"], undefined],
  ["x", ["loss"], undefined],
  ["a", [], undefined],
])("%s of %j is %s", (wrong, names, meant) => {
  expect(nearestName(wrong, names)).toBe(meant);
  expect(didYouMean(wrong, names)).toBe(meant === undefined ? "" : ` Did you mean ${meant}?`);
});

it("puts a prefix before the name", () => {
  expect(didYouMean("docter", ["board", "doctor"], "%")).toBe(" Did you mean %doctor?");
});

it("lists up to three that are near, the nearest first", () => {
  const names = ["deep-sigmoid", "deep-relu", "baseline", "deep-tanh", "deep-selu", "deep-relu"];
  expect(nearestNames("deep-rely", names)).toEqual(["deep-relu", "deep-selu", "deep-tanh"]);
  expect(nearestNames("nosuch", names)).toEqual([]);
});

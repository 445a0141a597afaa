import { describe, expect, it } from "vitest";
import { takesParameters, unnamedParameters } from "../../../../src/sweep/engines/objectiveParameters.js";

describe("takesParameters", () => {
  it.each([
    ["async ({ lr, units }, trial) => lr", true],
    ["function train({ lr, units = 3 }) { return lr * units; }", true],
    ["function train({ lr, ...others }) { return lr; }", true],
    ["(params, trial) => params.lr", true],
    ["function (p) { return p.lr + p.units; }", true],
    ["objective({ lr, units }) { return lr; }", true],
    ["(trial) => trial.params.lr + trial.params.units", false],
    ["async (trial) => trial.suggestFloat('lr', 0, 1)", false],
    ["({ params }) => params.lr", false],
    ["() => 1", false],
  ])("of %s is %s", (text, takes) => {
    expect(takesParameters(text, ["lr", "units"])).toBe(takes);
  });

  it("a parameter called as a member of a trial does not make the trial parameters", () => {
    expect(takesParameters("(trial) => trial.seed", ["seed"])).toBe(false);
  });

  it("refuses a declared parameter that the function does not take, with the nearest it does", () => {
    expect(() => takesParameters("({ lr, units }, trial) => lr", ["lr", "unit"])).toThrow(
      new RangeError("the objective takes lr, units, but was given unit. Did you mean units?"),
    );
  });
});

it("tells the parameters that a module never names", () => {
  const text = "export default (trial) => trial.params.lr * trial.params.units;";
  expect(unnamedParameters(text, ["lr", "units"])).toBeUndefined();
  expect(unnamedParameters(text, ["lr", "unnits"])).toBe(
    "the objective's module never names the parameter unnits. Did you mean units?",
  );
});

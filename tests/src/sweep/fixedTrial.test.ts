import { expect, it } from "vitest";
import { fixedTrial } from "../../../src/sweep/fixedTrial.js";

const trial = fixedTrial({ lr: 0.01, units: 64, activation: "relu" });

it("answers with the fixed values", () => {
  expect(trial.suggestFloat("lr", 1e-4, 1e-1, { log: true })).toBe(0.01);
  expect(trial.suggestInt("units", 32, 256)).toBe(64);
  expect(trial.suggestCategorical("activation", ["relu", "tanh"])).toBe("relu");
  expect(trial.params).toEqual({ lr: 0.01, units: 64, activation: "relu" });
});

it("names a parameter that has no value, and the values there are", () => {
  expect(() => trial.suggestFloat("dropout", 0, 1)).toThrow(
    'a fixed trial needs a value for "dropout"; it was given lr, units, activation',
  );
});

it("refuses a value outside the definition", () => {
  expect(() => trial.suggestInt("units", 1, 32)).toThrow(/"units" needs a value of its definition.*given 64/);
  expect(() => trial.suggestCategorical("activation", ["tanh"])).toThrow(/given "relu"/);
});

import { expect, it } from "vitest";
import { refuseUnknown } from "../../../src/base/knownOptions.js";

const known = { learningRate: true, beta1: true } as const;

it("takes known options, also those that are undefined", () => {
  expect(() => refuseUnknown("adam", { beta1: undefined }, known)).not.toThrow();
  expect(() => refuseUnknown("adam", {}, known)).not.toThrow();
});

it("names the nearest to an unknown one", () => {
  const given = () => refuseUnknown("adam", { beta1: 0.9, LEARNING_RATE: 0.1 }, known);
  expect(given).toThrow(RangeError);
  expect(given).toThrow(
    /^adam needs options it knows; it was given "LEARNING_RATE", the nearest is "learningRate"$/,
  );
});

it.each([
  ["learningRat", "learningRate"],
  ["learningRates", "learningRate"],
  ["rate", "learningRate"],
  ["beat1", "beta1"],
  ["Beta2", "beta1"],
])("takes %s for %s", (wrong, meant) => {
  expect(() => refuseUnknown("adam", { [wrong]: 1 }, known)).toThrow(
    new RangeError(`adam needs options it knows; it was given "${wrong}", the nearest is "${meant}"`),
  );
});

it.each(["verbosity", "be", "z"])("names all where none is near: %s", (wrong) => {
  expect(() => refuseUnknown("data", { [wrong]: 1 }, { ...known, x: true })).toThrow(
    new RangeError(`data needs options it knows (learningRate, beta1, x); it was given "${wrong}"`),
  );
});

it("says of a name known from elsewhere what it is here", () => {
  expect(() => refuseUnknown("adam", { decay: 1 }, known, { decay: "decay is adamw's" })).toThrow(
    new RangeError('adam needs options it knows; it was given "decay", decay is adamw\'s'),
  );
});

it.each([0.1, null, ["beta1"], "beta1"])("refuses %j, which is no object", (options) => {
  const given = () => refuseUnknown("adam", options as object, known);
  expect(given).toThrow(TypeError);
  expect(given).toThrow(
    `adam needs an object of options such as { learningRate: … }; it was given ${JSON.stringify(options)}`,
  );
});

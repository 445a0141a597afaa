import { expect, test } from "vitest";
import { globExpression } from "../../../src/base/globExpression.js";

test.each([
  ["mnist-*", ["mnist-", "mnist-mlp", "mnist-\nmlp"], ["mnist", "my-mnist-mlp"]],
  ["run-?", ["run-1", "run-🎈"], ["run-", "run-12"]],
  ["a.b+(c)[d]{2}^$|\\", ["a.b+(c)[d]{2}^$|\\"], ["aXb+(c)[d]{2}^$|\\"]],
  ["*", ["", "anything"], []],
  ["Name", ["Name"], ["name", "Name2"]],
])("%s", (glob, fits, not) => {
  const expression = globExpression(glob);
  expect(fits.filter((name) => !expression.test(name))).toEqual([]);
  expect(not.filter((name) => expression.test(name))).toEqual([]);
});

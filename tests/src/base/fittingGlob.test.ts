import { expect, test } from "vitest";
import { fittingGlob, isGlob } from "../../../src/base/fittingGlob.js";

const things = [
  { names: ["mlp"], ids: ["yd7kfbqb", "mlp-yd7kfbqb"] },
  { names: ["mlp-deep", "group"], ids: ["11111111", "mlp-deep-11111111"] },
];

test.each([
  ["mlp-*", ["mlp-deep"]],
  ["mlp*", ["mlp", "mlp-deep"]],
  ["gr?up", ["mlp-deep"]],
  ["yd7*", ["mlp"]],
  ["mlp-y*", ["mlp"]],
  ["mlp-yd7kfbqb", ["mlp"]],
  ["mlp", ["mlp"]],
  ["none*", []],
])("%s fits %j: ids only where a pattern fits no name", (word, names) => {
  expect(fittingGlob(word, things, (thing) => thing).map((thing) => thing.names[0])).toEqual(names);
});

test("a pattern has a wildcard", () => {
  expect(["a*", "a?", "a.b[c]"].map(isGlob)).toEqual([true, true, false]);
});

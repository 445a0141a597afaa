import { expect, it } from "vitest";
import { boardTags } from "../../../src/base/boardTags.js";

const needs = "fit needs board to be a regular expression";

it.each([
  [undefined, undefined],
  [false, undefined],
  [true, ""],
  ["", ""],
  ["loss|accuracy", "loss|accuracy"],
])("of %j are %j", (board, tags) => {
  expect(boardTags(needs, board)).toBe(tags);
});

it("refuses what is no regular expression", () => {
  expect(() => boardTags(needs, "(")).toThrow(`${needs}; Invalid regular expression`);
});

import { expect, it } from "vitest";
import { regularExpression } from "../../../src/base/regularExpression.js";

const needs = "board needs tags to be a regular expression";

it("finds by a text in Unicode, and by an expression each time anew", () => {
  expect(regularExpression(needs, "^.$").test("😀")).toBe(true);
  const one = regularExpression(needs, /LOSS/giy);
  expect(one.flags).toBe("i");
  expect([one.test("train/loss"), one.test("train/loss")]).toEqual([true, true]);
});

it("refuses what is none in the words of who asks", () => {
  expect(() => regularExpression(needs, "(")).toThrow(SyntaxError);
  expect(() => regularExpression(needs, "(")).toThrow(`${needs}; Invalid regular expression: /(/iu`);
  expect(() => regularExpression(needs, 3 as never)).toThrow(new TypeError(`${needs}; it was given 3`));
});

it("asks for the case of a text with capitals, and of an expression without the flag", () => {
  expect(regularExpression(needs, "loss").test("epoch/valLoss")).toBe(true);
  expect(regularExpression(needs, "Loss").test("epoch/loss")).toBe(false);
  expect(regularExpression(needs, /loss/).test("epoch/valLoss")).toBe(false);
});

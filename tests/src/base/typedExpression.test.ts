import { expect, it } from "vitest";
import { typedExpression } from "../../../src/base/typedExpression.js";

const tags = ["epoch/loss", "epoch/valLoss", "epoch/accuracy", "epoch/valAccuracy", "epoch/Straße"];
const found = (text: string) => tags.filter((tag) => typedExpression(text).test(tag));

it("finds whatever the case, until a capital is typed", () => {
  expect(found("loss|accuracy")).toEqual(tags.slice(0, 4));
  expect(found("Loss|accuracy")).toEqual(["epoch/valLoss", "epoch/accuracy"]);
  expect(found("LOSS")).toEqual([]);
  expect(found("ß")).toEqual(["epoch/Straße"]);
});

it.each([
  String.raw`\Sloss$`,
  String.raw`\p{L}loss`,
  String.raw`\u006Coss`,
  String.raw`\u{6C}oss`,
  String.raw`\x6Coss`,
  String.raw`(?<Name>l)oss`,
  String.raw`(?<S>s)\k<S>`,
])("takes the capitals of an escape or a group's name for none: %s", (text) => {
  expect(typedExpression(text).flags).toBe("iu");
  expect(found(text)).toContain("epoch/valLoss");
});

it.each([String.raw`\\L`, String.raw`É`, String.raw`[A-Z]`])("counts the capital in %s", (text) => {
  expect(typedExpression(text).flags).toBe("u");
});

it("refuses what is no expression", () => {
  expect(() => typedExpression("(")).toThrow(SyntaxError);
});

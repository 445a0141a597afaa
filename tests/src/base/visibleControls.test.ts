import { expect, test } from "vitest";
import { visibleControls, visibleControlsInLines } from "../../../src/base/visibleControls.js";

const every = Array.from({ length: 0x250 }, (_, code) => String.fromCharCode(code));

test("every control character of Unicode is shown, and nothing else is changed", () => {
  for (const one of every) expect(visibleControls(`a${one}`)).toBe(/\p{Cc}/u.test(one) ? "a·" : `a${one}`);
  expect(visibleControls("\u001b]0;title\u0007\u001b[2J \u{1f600}é")).toBe("·]0;title··[2J \u{1f600}é");
});

test("of several lines, line feeds and tabs stay", () => {
  for (const one of every)
    expect(visibleControlsInLines(`${one}a`)).toBe(/(?![\n\t])\p{Cc}/u.test(one) ? "·a" : `${one}a`);
  expect(visibleControlsInLines("a\r\nb\rc\r")).toBe("a\nb·c");
});

import { expect, it } from "vitest";
import { globMatcher } from "../../../../kernel-ext/front/history/glob.js";

// Expected values are SQLite's: SELECT text GLOB pattern.
it.each<[string, string, boolean]>([
  ["*", "", true],
  ["", "a", false],
  ["a*c", "abbc\nac", true],
  ["a*c", "abbcd", false],
  ["a?c", "a🦊c", true],
  ["a?c", "ac", false],
  ["[a-c]x", "bx", true],
  ["[a-c]x", "dx", false],
  ["[^a-c]x", "dx", true],
  ["[^a-c]x", "ax", false],
  ["[]]", "]", true],
  ["[^]]", "]", false],
  ["[a-]", "-", true],
  ["x.*", "xy", false],
  ["(a|b)+", "(a|b)+", true],
  ["A", "a", false],
  ["*needle*", "hay needle hay", true],
])("%j on %j is %j", (pattern, text, fits) => {
  expect(globMatcher(pattern)(text)).toBe(fits);
});

it("takes no longer for a pattern made to be slow", () => {
  const begun = performance.now();
  expect(globMatcher(`${"*a".repeat(200)}b`)("a".repeat(20_000))).toBe(false);
  expect(performance.now() - begun).toBeLessThan(2000);
});

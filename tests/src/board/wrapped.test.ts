import { describe, expect, it } from "vitest";
import { wrapped } from "../../../src/board/wrapped.js";

describe("wrapped", () => {
  it("parts lines at spaces, and words that are longer than a line anywhere", () => {
    expect(wrapped("one two three\r\nfour", 8)).toEqual(["one two", "three", "four"]);
    expect(wrapped("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
  });

  it("parts no surrogate pair", () => {
    const text = "\u{1f600}".repeat(7);
    for (let width = 1; width < 9; width++) {
      const lines = wrapped(`a${text}`, width);
      expect(lines.join("")).toBe(`a${text}`);
      expect(lines.some((line) => /\p{Surrogate}/u.test(line))).toBe(false);
    }
    expect(wrapped(text, 5)).toEqual([
      "\u{1f600}\u{1f600}",
      "\u{1f600}\u{1f600}",
      "\u{1f600}\u{1f600}",
      "\u{1f600}",
    ]);
  });

  it("shows control characters, which neither a terminal nor an SVG may get", () => {
    expect(wrapped("a\u001b[2J\u0007\tb", 40)).toEqual(["a·[2J·    b"]);
  });
});

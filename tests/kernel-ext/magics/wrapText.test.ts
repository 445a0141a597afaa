import { expect, it } from "vitest";
import { wrapText } from "../../../kernel-ext/magics/wrapText.js";

const text = "Runs the cell, or the rest of the line, and says how long it took.";

it("cuts between words only, and fills each line", () => {
  expect(wrapText(text, 24)).toEqual([
    "Runs the cell, or the",
    "rest of the line, and",
    "says how long it took.",
  ]);
  expect(wrapText(text, text.length)).toEqual([text]);
  for (let width = 1; width < 80; width++) {
    const lines = wrapText(text, width);
    expect(lines.join(" ")).toBe(text);
    for (const [index, line] of lines.entries()) {
      if (line.includes(" ")) expect(line.length).toBeLessThanOrEqual(width);
      const [next] = lines[index + 1]?.split(" ") ?? [];
      // The next line's first word had no room here.
      if (next !== undefined) expect(line.length + 1 + next.length).toBeGreaterThan(width);
    }
  }
});

it("leaves a word whole that is longer than a line, and has no lines for no words", () => {
  expect(wrapText("a hyperparameter b", 5)).toEqual(["a", "hyperparameter", "b"]);
  expect(wrapText("  ", 5)).toEqual([]);
});

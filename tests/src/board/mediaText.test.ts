import { expect, it } from "vitest";
import { mediaText } from "../../../src/board/mediaText.js";
import { labelled } from "../../../src/board/series.js";
import { exampleRun } from "./exampleRuns.js";

const textOf = (lines: number) => {
  const text = Array.from({ length: lines }, (_, i) => `line ${i}`).join("\n");
  const [run] = labelled([exampleRun("by-hand", {})]);
  const texts = new Map([["notes", { count: 1, shown: [{ step: 3, text }] }]]);
  return mediaText([{ ...run, media: { texts, images: new Map() } } as unknown as NonNullable<typeof run>]);
};

it("says how many lines of a long text are left out, and nothing of a short one", () => {
  expect(textOf(12).split("\n").at(-1)).toBe("  line 11");
  expect(textOf(20).split("\n").slice(-2)).toEqual([
    "  line 11",
    "  … 8 more lines: --html FILE shows the whole",
  ]);
  expect(textOf(13)).toContain("… 1 more line:");
});

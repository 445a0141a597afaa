import { expect, test } from "vitest";
import { checkTag, mostTagCharacters } from "../../../src/track/checkTag.js";
import { openRun } from "../../../src/track/openRun.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("takes tags of one character up to the bound", () => {
  for (const tag of ["a", " ", "x".repeat(mostTagCharacters)]) checkTag("text", tag);
});

test("refuses what is no text, is empty or is too long, and says so in short", () => {
  expect(() => checkTag("text", 3)).toThrow(new TypeError("text: a tag must be a text; got number"));
  expect(() => checkTag("text", "")).toThrow(new RangeError('text: a tag must not be empty; got ""'));
  expect(() => checkTag("log", "x".repeat(1_000_000))).toThrow(
    new RangeError(
      `log: a tag must have at most 10000 characters; got 1000000, which begin "${"x".repeat(40)}"`,
    ),
  );
});

test("scalars, histograms and texts refuse them alike, and then none of the values is recorded", () => {
  const run = openRun({ name: "tags", dir: temporaryFolder(), sources: [] });
  const histogram = { edges: Float64Array.of(0, 1), counts: Float64Array.of(1) };
  for (const tag of ["", "x".repeat(mostTagCharacters + 1)]) {
    expect(() => run.log({ good: 1, [tag]: 1 })).toThrow(RangeError);
    expect(() => run.histogram(tag, histogram)).toThrow(RangeError);
    expect(() => run.text(tag, "words")).toThrow(RangeError);
  }
  run.finish();
  expect(run.record.summary).toEqual({});
});

import { expect, test } from "vitest";
import { allReached, reportsUpTo } from "../../../src/sweep/reportsUpTo.js";
import type { TrialRecord, TrialState } from "../../../src/sweep/trialRecord.js";

const reports = [
  [2, 0.5],
  [5, 0.4],
  [9, 0.3],
] as const;

test("reports end with the first at or after the step", () => {
  expect(reportsUpTo(reports, 5)).toEqual(reports.slice(0, 2));
  expect(reportsUpTo(reports, 3)).toEqual(reports.slice(0, 2));
  expect(reportsUpTo(reports, 0)).toEqual(reports.slice(0, 1));
});

test("of a trial that did not get there, there are none", () => {
  expect(reportsUpTo(reports, 10)).toBeUndefined();
  expect(reportsUpTo([], 0)).toBeUndefined();
});

const trial = (state: TrialState, ...steps: number[]) =>
  ({ state, intermediate: steps.map((step) => [step, 1]) }) as unknown as TrialRecord;

test("trials have reached a step that they reported, passed, or will never report", () => {
  expect(allReached([trial("running", 1, 4), trial("running", 4)], 4)).toBe(true);
  expect(allReached([trial("running", 1, 7)], 4)).toBe(true);
  expect(allReached([trial("failed"), trial("pruned", 1), trial("complete", 2)], 4)).toBe(true);
  expect(allReached([trial("running", 4), trial("running", 3)], 4)).toBe(false);
  expect(allReached([trial("running")], 0)).toBe(false);
  // It runs again when the sweep is resumed.
  expect(allReached([trial("interrupted", 1)], 4)).toBe(false);
  expect(allReached([], 4)).toBe(true);
});

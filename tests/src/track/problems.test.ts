import { expect, test } from "vitest";
import { openRun } from "../../../src/track/openRun.js";
import { mostProblems, withProblem } from "../../../src/track/problems.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { temporaryFolder } from "./temporaryFolder.js";

const rest = (count: string) =>
  expect.stringMatching(new RegExp(`^${count} told, the same again or beyond the 100`));

test("keeps a sentence once, so many in all, and counts the rest", () => {
  let problems: readonly string[] = [];
  const add = (sentence: string) => {
    problems = withProblem(problems, sentence);
  };
  add("a");
  add("b");
  add("a");
  expect(problems).toEqual(["a", "b", rest("1 more problem was")]);
  add("c");
  expect(problems).toEqual(["a", "b", "c", rest("1 more problem was")]);
  for (let i = 0; i < 5000; i++) add(`step ${i}`);
  expect(problems).toHaveLength(mostProblems + 1);
  expect(problems.at(-1)).toEqual(rest("4904 more problems were"));
  expect(withProblem([], "x".repeat(1e6))[0]).toHaveLength(2001);
});

test("a run that fails at every step tells it each time, and its record stays small, over a resume too", () => {
  const dir = temporaryFolder();
  const told: string[] = [];
  const run = openRun({ dir, sources: [], system: false, warn: (sentence) => told.push(sentence) });
  for (let step = 0; step < 300; step++) run.problem(`figure at step ${step} has no picture`);
  run.finish();
  expect(told).toHaveLength(300);
  const again = resumeRun(run.id, { dir, system: false, warn: () => undefined });
  again.problem("another");
  again.finish();
  expect(again.record.problems).toHaveLength(mostProblems + 1);
  expect(again.record.problems.at(-1)).toEqual(rest("201 more problems were"));
});

import { expect, test, vi } from "vitest";
import { findArtifact } from "../../../src/track/findArtifact.js";
import { newestRun } from "../../../src/track/newestRun.js";
import { openRun } from "../../../src/track/openRun.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { temporaryFolder } from "./temporaryFolder.js";

function three() {
  const dir = temporaryFolder();
  let time = 1.7e9;
  const clock = { wallTime: () => (time += 1) };
  const made = ["a", "b", "a"].map((name) => {
    const run = openRun({ name, dir, sources: [], system: false, output: false, clock });
    run.artifact(new Uint8Array([1]), { name: "bytes" });
    run.finish();
    return run;
  });
  return { dir, made };
}

test("of several runs of one name the newest is meant, and is named", () => {
  const { dir, made } = three();
  const say = vi.fn();
  expect(newestRun("a", { dir, say })).toBe(made[2]?.dir);
  expect(say.mock.calls).toEqual([
    [`"a" means the newest of 2 runs of this name, ${made[2]?.id}; another one is asked for by its id`],
  ]);
  expect(newestRun("b", { dir, say })).toBe(made[1]?.dir);
  expect(newestRun(made[0]!.id, { dir, say })).toBe(made[0]?.dir);
  expect(newestRun("no*", { dir, say })).toBeUndefined();
  expect(say).toHaveBeenCalledTimes(1);
});

test("who resumes one, or takes an artifact or a parent by its name, is told which", () => {
  const { dir, made } = three();
  const warn = vi.fn();
  resumeRun("a", { dir, warn, system: false, output: false }).finish();
  expect(warn.mock.calls).toEqual([[expect.stringContaining(made[2]!.id)]]);
  vi.stubEnv("TUNELAB_RUNS", dir);
  const aside = vi.spyOn(console, "warn").mockImplementation(() => {});
  try {
    for (let again = 0; again < 2; again++) findArtifact("a", "bytes");
    expect(aside.mock.calls).toEqual([
      [expect.stringMatching(new RegExp(`^tunelab: "a" means the newest of 2 .* ${made[2]?.id};`))],
    ]);
    openRun({ name: "part", parent: "a", sources: [], system: false, output: false }).finish();
    expect(aside).toHaveBeenCalledTimes(1);
  } finally {
    aside.mockRestore();
    vi.unstubAllEnvs();
  }
});

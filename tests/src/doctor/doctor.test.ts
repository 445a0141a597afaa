import { beforeEach, expect, test } from "vitest";
import { doctor } from "../../../src/doctor/index.js";
import { openRun } from "../../../src/track/openRun.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

let dir: string;

beforeEach(() => {
  dir = temporaryFolder();
});

function finishedRun(name: string) {
  const run = openRun({ name, dir, sources: [] });
  run.finish();
  return run;
}

const names = (diagnoses: Awaited<ReturnType<typeof doctor>>) => diagnoses.map(({ name }) => name);

test("looks at the newest run, or at those asked for, oldest first", async () => {
  const first = finishedRun("first");
  const second = finishedRun("second");
  expect(names(await doctor(undefined, { dir }))).toEqual(["second"]);
  expect(names(await doctor("first", { dir }))).toEqual(["first"]);
  expect(names(await doctor([second, first.id], { dir }))).toEqual(["first", "second"]);
  expect(names(await doctor("*", { dir }))).toEqual(["first", "second"]);
});

test("of no runs says nothing", async () => {
  finishedRun("first");
  expect(await doctor([], { dir })).toEqual([]);
});

test("refuses what is no run", async () => {
  await expect(doctor(undefined, { dir })).rejects.toThrow("there must be a run to look at");
  await expect(doctor({ dir: undefined }, { dir })).rejects.toThrow(TypeError);
  finishedRun("first");
  await expect(doctor("fisrt", { dir })).rejects.toThrow('the nearest are "first"');
});

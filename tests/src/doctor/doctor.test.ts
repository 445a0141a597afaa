import { beforeEach, expect, test } from "vitest";
import { doctor } from "../../../src/doctor/index.js";
import { openRun } from "../../../src/track/openRun.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

let dir: string;

beforeEach(() => {
  dir = temporaryFolder();
});

/** Which run is the newest is told by milliseconds, and a machine may make several within one. */
let time = 1.7e9;
const clock = { wallTime: () => (time += 1) };

function finishedRun(name: string) {
  const run = openRun({ name, dir, sources: [], clock });
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

test("takes the newest of the runs that share a name, says how many are older, and those by their id", async () => {
  const [oldest, , newest] = [finishedRun("same"), finishedRun("same"), finishedRun("same")];
  finishedRun("other");
  const [found, ...rest] = await doctor("same", { dir });
  expect(rest).toEqual([]);
  expect(found).toMatchObject({ id: newest?.id, older: 2 });
  const said = "the newest of 3 runs of this name; an older one is asked for by its id";
  expect(`${found}`.split("\n")[1]).toBe(`  ${said}`);
  expect(found?.toMimeBundle()["text/html"]).toContain(said);
  expect(JSON.parse(JSON.stringify(found))).toMatchObject({ older: 2 });
  expect(names(await doctor("*", { dir }))).toEqual(["same", "other"]);
  const [asked] = await doctor(oldest?.id, { dir });
  expect(asked).toMatchObject({ id: oldest?.id, older: 0 });
  expect(`${asked}`).not.toContain("older");
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

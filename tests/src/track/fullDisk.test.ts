import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { openRun } from "../../../src/track/openRun.js";
import type { Run } from "../../../src/track/run.js";
import { readRun } from "../../../src/track/runReader.js";
import { smallDisk } from "./smallDisk.js";

/** Opens a run on a disk of 1 MB most of whose space another file takes. */
function onSmallDisk(context: TestContext): { run: Run; told: string[]; filler: string } {
  const dir = smallDisk(context, "size=1m");
  let time = 1.7e9;
  const told: string[] = [];
  const run = openRun({
    dir,
    sources: [],
    system: false,
    output: false,
    clock: { wallTime: () => (time += 0.01) },
    warn: (sentence) => told.push(sentence),
  });
  const filler = join(dir, "filler");
  writeFileSync(filler, Buffer.alloc(640 * 1024));
  return { run, told, filler };
}

const logged = (run: Run, from: number, to: number) => {
  for (let step = from; step < to; step++) run.log({ "train/loss": step / 3 }, step);
};
const rising = (count: number) => Array.from({ length: count }, (_, step) => step);

test("a full disk is told once; what was logged meanwhile is written when it has space again, in order and once", (context) => {
  const { run, told, filler } = onSmallDisk(context);
  logged(run, 0, 8000);
  expect(told).toEqual([
    expect.stringMatching(/stopped: .*(ENOSPC|bytes could be written).*kept in memory \(the last 16 MiB\)/),
  ]);
  const before = readRun(run.dir).scalars.get("train/loss")!.steps.length;
  expect(before).toBeGreaterThan(1000);
  expect(before).toBeLessThan(7900);
  rmSync(filler);
  // Long enough for the next try.
  logged(run, 8000, 10_000);
  expect(readRun(run.dir).scalars.get("train/loss")!.steps.length).toBe(10_000);
  run.finish();
  const { scalars, problems, status } = readRun(run.dir);
  const { steps, values } = scalars.get("train/loss")!;
  expect([...steps]).toEqual(rising(10_000));
  values.forEach((value, step) => {
    if (value !== step / 3) expect.fail(`step ${step} has ${value}`);
  });
  for (const { kind } of problems) expect(kind).toBe("truncated");
  expect(status).toBe("finished");
  expect(told).toHaveLength(2);
  expect(told[1]).toContain("goes on: nothing was lost");
});

test("a disk that stays full does not end the training, and at the end the lost records are counted", (context) => {
  const { run, told } = onSmallDisk(context);
  logged(run, 0, 12_000);
  run.finish();
  const { steps } = readRun(run.dir).scalars.get("train/loss")!;
  expect([...steps]).toEqual(rising(steps.length));
  const [lost] = told.flatMap((sentence) => /ended: (\d+) records were lost/.exec(sentence)?.[1] ?? []);
  // The record of the session's end is one of them.
  expect(Number(lost)).toBe(12_000 - steps.length + 1);
  expect(told.filter((sentence) => sentence.includes("stopped"))).toHaveLength(1);
  expect(run.record.problems).toEqual(expect.arrayContaining(told));
  expect(readdirSync(join(run.dir, "main"))).toHaveLength(1);
});

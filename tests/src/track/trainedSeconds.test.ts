import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRun } from "../../../src/track/openRun.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { runs } from "../../../src/track/runs.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** A run on a clock that the test moves; `kill` leaves its record as that of a process that was killed. */
function scene() {
  const root = temporaryFolder();
  let time = 1.7e9;
  const clock = { wallTime: () => time };
  const run = openRun({ name: "long", dir: root, sources: [], clock });
  return {
    root,
    run,
    clock,
    wait: (seconds: number) => {
      time += seconds;
    },
    kill: () => {
      const file = join(run.dir, "run.json");
      const left = readFileSync(file, "utf8");
      run.finish("killed");
      const gone = { ...JSON.parse(left), owner: { ...run.record.owner, pid: 2 ** 22 + 1 } };
      writeFileSync(file, JSON.stringify(gone));
    },
    row: () => runs({ dir: root }).rows[0],
  };
}

test("a run that was killed was trained until its last point, though its record knows its beginning only", () => {
  const { run, wait, kill, row } = scene();
  wait(8);
  run.log({ loss: 1 }, 0);
  wait(4.5);
  run.log({ loss: 0.5 }, 1);
  kill();
  expect(row()).toMatchObject({ status: "killed", duration: 12.5 });
});

test("of one that was resumed twice the pauses do not count, be it killed or ended before", () => {
  const { root, run, clock, wait, kill, row } = scene();
  wait(10);
  run.log({ loss: 1 }, 0);
  kill();
  wait(3600);
  const second = resumeRun("long", { dir: root, clock });
  wait(5);
  second.log({ loss: 0.5 });
  second.finish("interrupted");
  expect(row()).toMatchObject({ status: "interrupted", duration: 15 });
  wait(7200);
  const third = resumeRun("long", { dir: root, clock });
  wait(2);
  third.log({ loss: 0.25 });
  expect(row()).toMatchObject({ status: "running", duration: 17 });
  wait(1);
  third.finish();
  expect(row()).toMatchObject({ status: "finished", duration: 17 });
});

test("one that was finished long after its last record was trained until that, be it points or something else", () => {
  const { root, run, clock, wait, row } = scene();
  wait(2);
  run.log({ loss: 1 }, 0);
  wait(1644);
  run.finish();
  expect(row()).toMatchObject({ status: "finished", duration: 2 });
  const judged = resumeRun("long", { dir: root, clock });
  wait(3);
  judged.text("verdict", "well");
  wait(600);
  judged.finish();
  expect(row()).toMatchObject({ duration: 5 });
  const counted = resumeRun("long", { dir: root, clock });
  wait(4);
  counted.summary({ testAccuracy: 0.9 });
  wait(600);
  counted.finish();
  expect(row()).toMatchObject({ duration: 9 });
});

test("one that recorded nothing lasts until its finish; one that failed until then, whenever it recorded", () => {
  const silent = scene();
  silent.wait(7);
  silent.run.finish();
  expect(silent.row()).toMatchObject({ status: "finished", duration: 7 });
  const failing = scene();
  failing.wait(2);
  failing.run.log({ loss: 1 }, 0);
  failing.wait(9);
  failing.run.finish("failed", new Error("diverged"));
  expect(failing.row()).toMatchObject({ status: "failed", duration: 11 });
});

import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventFiles, lastWrite } from "../../../src/track/eventFiles.js";
import { openRun } from "../../../src/track/openRun.js";
import type { RunData } from "../../../src/track/runData.js";
import { RunReader, readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";
import { withoutRights } from "./withoutRights.js";

const steps = ({ scalars }: RunData) => [...(scalars.get("loss")?.steps ?? [])];
const kinds = ({ problems }: RunData) => problems.map(({ kind }) => kind);
const opened = () => openRun({ dir: temporaryFolder(), sources: [] });

test("a run that is deleted under its reader is given as it was, and that it is gone", () => {
  const run = opened();
  run.log({ loss: 1 }, 0);
  const reader = new RunReader(run.dir);
  expect(kinds(reader.refresh())).toEqual([]);
  rmSync(run.dir, { recursive: true });
  for (let again = 0; again < 2; again++) {
    const gone = reader.refresh();
    expect(steps(gone)).toEqual([0]);
    expect(gone.problems).toEqual([
      { file: "run.json", offset: 0, kind: "gone", message: expect.stringContaining(run.dir) },
    ]);
  }
  expect(() => readRun(run.dir)).toThrow(run.dir);
});

test("a run that is renamed under its reader is gone there, is read at its new place, and goes on when it is back", () => {
  const run = opened();
  run.log({ loss: 1 }, 0);
  const reader = new RunReader(run.dir);
  reader.refresh();
  const elsewhere = `${run.dir}-elsewhere`;
  renameSync(run.dir, elsewhere);
  run.log({ loss: 2 }, 1);
  expect(kinds(reader.refresh())).toEqual(["gone"]);
  expect(steps(readRun(elsewhere))).toEqual([0, 1]);
  renameSync(elsewhere, run.dir);
  const back = reader.refresh();
  expect(steps(back)).toEqual([0, 1]);
  expect(kinds(back)).toEqual([]);
  run.finish();
});

test("a run that is copied while it is written is read as far as it was copied", () => {
  const run = opened();
  const copy = `${run.dir}-copy`;
  const reader = new RunReader(copy);
  for (let step = 0; step < 100; step++) {
    run.log({ loss: step }, step);
    if (step % 20 !== 19) continue;
    // As cp does it: into the files that are there.
    cpSync(run.dir, copy, { recursive: true, force: true });
    const data = reader.refresh();
    expect(steps(data)).toEqual(Array.from({ length: step + 1 }, (_, i) => i));
  }
  run.finish();
});

test("a file of events that was cut or replaced makes the run be read anew, which is told once", () => {
  const run = opened();
  for (let step = 0; step < 10; step++) run.log({ loss: step }, step);
  const [file = ""] = eventFiles(run.dir);
  const reader = new RunReader(run.dir);
  const whole = reader.refresh();
  const bytes = readFileSync(file);
  truncateSync(file, bytes.length - 20);
  const cut = reader.refresh();
  expect(steps(cut)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(kinds(cut)).toEqual(["truncated", "replaced"]);
  expect(kinds(reader.refresh())).toEqual(["truncated"]);
  appendFileSync(file, bytes.subarray(bytes.length - 20));
  expect(steps(reader.refresh())).toEqual(steps(whole));

  writeFileSync(`${file}.new`, bytes);
  renameSync(`${file}.new`, file);
  const replaced = reader.refresh();
  expect(steps(replaced)).toEqual(steps(whole));
  expect(replaced.problems).toEqual([
    expect.objectContaining({ file: join("main", file.split("/").at(-1) ?? ""), kind: "replaced" }),
  ]);
  rmSync(file);
  const without = reader.refresh();
  expect(steps(without)).toEqual([]);
  expect(kinds(without)).toEqual(["replaced"]);
  run.finish();
});

test("another run in the same folder is not mixed with the one before", () => {
  const [first, second] = [opened(), opened()];
  first.log({ loss: 1 }, 5);
  second.log({ loss: 2 }, 6);
  const reader = new RunReader(first.dir);
  expect(steps(reader.refresh())).toEqual([5]);
  rmSync(first.dir, { recursive: true });
  cpSync(second.dir, first.dir, { recursive: true });
  const data = reader.refresh();
  expect(data.record.id).toBe(second.id);
  expect(steps(data)).toEqual([6]);
  expect(kinds(data)).toContain("replaced");
  second.finish();
});

test.skipIf(process.platform === "win32")(
  "a folder in a run that may not be read is named, the rest is read, and what was read of it stays",
  () => {
    const root = temporaryFolder();
    const run = openRun({ dir: root, sources: [], system: false });
    run.log({ loss: 1 }, 0);
    const closed = join(run.dir, "worker-1");
    mkdirSync(closed);
    const [main = ""] = eventFiles(run.dir);
    cpSync(main, join(closed, "events.out.tfevents.1.other"));
    const reader = new RunReader(run.dir);
    expect(steps(reader.refresh())).toEqual([0, 0]);
    chmodSync(closed, 0o000);
    try {
      const problems = [
        { file: "worker-1", offset: 0, kind: "unreadable", message: expect.stringContaining("EACCES") },
      ];
      for (let look = 0; look < 2; look++) {
        const anew = withoutRights(root, () => readRun(run.dir));
        expect([steps(anew), anew.problems]).toEqual([[0], problems]);
        const again = withoutRights(root, () => reader.refresh());
        expect([steps(again), again.problems]).toEqual([[0, 0], problems]);
      }
      expect(() => withoutRights(root, () => eventFiles(run.dir))).toThrow("EACCES");
      // It may be listed then, and its files not be opened.
      chmodSync(closed, 0o444);
      expect(withoutRights(root, () => lastWrite(run.dir))).toBeGreaterThan(0);
      expect(kinds(withoutRights(root, () => readRun(run.dir)))).toEqual(["unreadable"]);
    } finally {
      chmodSync(closed, 0o755);
    }
    expect(kinds(reader.refresh())).toEqual([]);
    run.finish();
  },
);

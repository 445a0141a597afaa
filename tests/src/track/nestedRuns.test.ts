import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { indentedName, nestedRows } from "../../../src/track/nestedRows.js";
import { openRun } from "../../../src/track/openRun.js";
import { beginTraining, openRuns } from "../../../src/track/openRuns.js";
import { readRun } from "../../../src/track/runReader.js";
import type { RunRow } from "../../../src/track/runRow.js";
import { runs } from "../../../src/track/runs.js";
import { track } from "../../../src/track/track.js";
import { temporaryFolder } from "./temporaryFolder.js";

installHost(terminalHost());

const recordOf = ({ dir }: { readonly dir: string }) => readRun(dir).record;

test("a part is a run of its own beside its whole, which it names", () => {
  const dir = temporaryFolder();
  const whole = openRun({ name: "whole", dir, group: "folds", sources: [] });
  const parts = [
    whole.child({ name: "fold-1", config: { fold: 1 } }),
    openRun({ name: "fold-2", parent: whole, group: "own", sources: [] }),
    openRun({ name: "fold-3", parent: "whole", dir, sources: [] }),
    track({ name: "fold-4", parent: whole.id, dir }),
  ];
  const below = parts[0]?.child({ name: "deeper" });
  expect(parts.map((part) => [dirname(part.dir), recordOf(part).parent, recordOf(part).group])).toEqual([
    [dir, whole.id, "folds"],
    [dir, whole.id, "own"],
    [dir, whole.id, "folds"],
    [dir, whole.id, "folds"],
  ]);
  expect(below?.record.parent).toBe(parts[0]?.id);
  expect(recordOf(whole).parent).toBeUndefined();
  parts[0]?.log({ loss: 1 });
  whole.finish();
});

test("refuses a parent that is none, and makes no folder then", () => {
  const dir = temporaryFolder();
  openRun({ name: "whole", dir, sources: [] }).finish();
  expect(() => openRun({ parent: "whale", dir, sources: [] })).toThrow('the nearest are "whole"');
  expect(() => openRun({ parent: "whale*", dir, sources: [] })).toThrow(RangeError);
  expect(() => track({ parent: 3 as never, dir })).toThrow(
    "track: parent must be a run, or a run's folder, id or name; got 3",
  );
  expect(() => track({ resume: "whole", parent: "whole", dir })).toThrow("got parent too");
  expect(readdirSync(dir)).toHaveLength(1);
});

test.each([
  ["finished", undefined, "finished", "interrupted"],
  ["failed", new Error("bad"), "failed", "failed"],
  ["interrupted", undefined, "interrupted", "interrupted"],
] as const)("parts that are open when their whole is %s end too", (status, why, plain, training) => {
  const dir = temporaryFolder();
  const before = openRuns().length;
  const whole = openRun({ name: "whole", dir, sources: [] });
  const [ended, open, trained] = ["ended", "open", "trained"].map((name) => whole.child({ name }));
  const deeper = open?.child({ name: "deeper" });
  const other = openRun({ name: "other", dir, sources: [] });
  ended?.finish("pruned");
  const stop = trained && beginTraining(trained);
  whole.finish(status, why);
  stop?.();
  const all = [ended, open, deeper, trained].map((run) => run?.record.status);
  expect(all).toEqual(["pruned", plain, plain, training]);
  const because = `the run it is a part of, "whole", ended: ${status}`;
  expect(trained?.record.reason ?? trained?.record.error?.message).toBe(because);
  expect(openRuns().slice(before)).toEqual([other]);
  other.finish();
});

test("a process that ends closes wholes and parts", () => {
  const dir = temporaryFolder();
  const library = join(import.meta.dirname, "../../../dist/src/index.js");
  const program = `
    import { track } from ${JSON.stringify(library)};
    track({ name: "whole", dir: process.argv[1] }).child({ name: "part" });`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program, dir]);
  expect([status, String(stderr)]).toEqual([0, ""]);
  const states = readdirSync(dir).map((folder) => readRun(join(dir, folder)).status);
  expect(states).toEqual(["finished", "finished"]);
});

test("rows of parts stand below their whole, oldest first; others in their order", () => {
  const row = (id: string, createdAt: string, parent?: string) =>
    ({ id, name: id, createdAt, ...(parent && { parent }) }) as RunRow;
  const rows = [
    row("new", "9"),
    row("second", "4", "whole"),
    row("orphan", "5", "elsewhere"),
    row("below", "6", "first"),
    row("first", "3", "whole"),
    row("whole", "2"),
    row("self", "1", "self"),
    row("a", "1", "b"),
    row("b", "1", "a"),
  ];
  const nested = nestedRows(rows);
  expect(nested.map(({ id, depth = 0 }) => `${depth} ${id}`)).toEqual([
    "0 new",
    "0 orphan",
    "0 whole",
    "1 first",
    "2 below",
    "1 second",
    "0 self",
    "0 a",
    "0 b",
  ]);
  expect(nested.map(indentedName).slice(2, 6)).toEqual([
    "whole",
    "└\u00a0first",
    "\u00a0\u00a0└\u00a0below",
    "└\u00a0second",
  ]);
});

test("TensorBoard shows wholes and parts, as runs of their own", () => {
  const dir = temporaryFolder();
  const whole = openRun({ name: "whole", dir, sources: [], system: false });
  const part = whole.child({ name: "part", system: false });
  whole.log({ loss: 1 });
  part.log({ loss: 2 });
  whole.finish();
  const program = `
import json, sys
from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer
plexer = EventMultiplexer().AddRunsFromDirectory(sys.argv[1]); plexer.Reload()
print(json.dumps(sorted(plexer.Runs())))`;
  const seen = execFileSync(resolve(".venv-test/bin/python"), ["-c", program, dir], { encoding: "utf8" });
  expect(JSON.parse(seen)).toEqual([`${basename(part.dir)}/main`, `${basename(whole.dir)}/main`].sort());
  expect(runs({ dir }).rows.map(({ name, parent }) => [name, parent])).toEqual([
    ["whole", undefined],
    ["part", whole.id],
  ]);
  expect(readFileSync(join(part.dir, "run.json"), "utf8")).toContain(`"parent": "${whole.id}"`);
});

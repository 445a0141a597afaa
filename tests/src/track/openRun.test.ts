import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRun } from "../../../src/track/openRun.js";
import { closeOpenRuns, onRunOpened, openRuns } from "../../../src/track/openRuns.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { readRun } from "../../../src/track/runReader.js";
import type { RunRecord } from "../../../src/track/runRecord.js";
import { temporaryFolder } from "./temporaryFolder.js";

function stored(dir: string): RunRecord {
  return JSON.parse(readFileSync(join(dir, "run.json"), "utf8")) as RunRecord;
}

describe("onRunOpened", () => {
  test("tells of runs that are opened and resumed, as often as it was asked to, until it is stopped", () => {
    const dir = temporaryFolder();
    const heard: string[] = [];
    const listener = ({ name }: { name: string }) => heard.push(`${name}, ${openRuns().length} open`);
    const stops = [onRunOpened(listener), onRunOpened(listener)];
    openRun({ name: "a", dir, sources: [] }).finish();
    stops[0]?.();
    resumeRun("a", { dir }).finish();
    stops[1]?.();
    openRun({ name: "b", dir, sources: [] }).finish();
    expect(heard).toEqual(["a, 1 open", "a, 1 open", "a, 1 open"]);
  });
});

describe("openRun", () => {
  test("records what ran, where and with what", () => {
    const sources = [
      { name: "cell-1.ts", text: "const a = 1;" },
      { name: "cell-2.ts", text: "a" },
      { name: "folder/cell-2.ts", text: "b" },
      { name: "..", text: "c" },
    ];
    const run = openRun({
      name: "Größe/../<x>",
      dir: temporaryFolder(),
      config: { lr: 1e-3, schedule: Math.cos, steps: Number.POSITIVE_INFINITY, skipped: undefined },
      tags: ["quick"],
      group: "sweep-1",
      seed: 7,
      environment: { tensorflow: "2.21.0", threads: { intra: 2 } },
      sources,
    });
    const record = stored(run.dir);
    expect(record).toMatchObject({
      schemaVersion: 1,
      name: "Größe/../<x>",
      status: "running",
      group: "sweep-1",
      tags: ["quick"],
      seed: 7,
      config: { lr: 1e-3, schedule: "[function cos]", steps: "Infinity" },
      owner: { pid: process.pid },
      environment: { tensorflow: "2.21.0", threads: { intra: 2 }, node: process.versions.node },
      code: ["cell-1.ts", "cell-2.ts", "2-cell-2.ts", "run"],
      command: process.argv,
    });
    expect(record.environment.cpu).toMatch(/\w/);
    expect(record.git?.commit).toBe(execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim());
    expect(readFileSync(join(run.dir, "code/2-cell-2.ts"), "utf8")).toBe("b");
    expect(basename(run.dir)).toMatch(/^Größe-\.\.-x-[0-9a-z]{8}$/);
    run.finish();
    expect(stored(run.dir)).toMatchObject({ status: "finished", finishedAt: expect.any(String) });
  });

  test("sums up each tag", () => {
    const run = openRun({ dir: temporaryFolder(), sources: [] });
    for (const [step, loss] of [3, 1, Number.NaN, 2, Number.NEGATIVE_INFINITY].entries())
      run.log({ loss }, step);
    run.log({ broken: Number.NaN }, 9);
    run.finish();
    expect(stored(run.dir).summary).toEqual({
      loss: { last: "-Infinity", min: 1, max: 3, step: 4, count: 5 },
      broken: { last: "NaN", step: 9, count: 1 },
    });
  });

  test("keeps every value exactly", () => {
    const run = openRun({ dir: temporaryFolder(), sources: [] });
    const values = [0, -0, 1 / 3, 5e-324, 1e300, Number.NaN, Infinity, -Infinity, 0.1 + 0.2, 2 ** 53 - 1];
    for (const [step, value] of values.entries()) run.log({ value }, step * 1e9);
    run.finish();
    const series = readRun(run.dir).scalars.get("value")!;
    expect([...series.values]).toEqual(values);
    expect([...series.steps]).toEqual(values.map((_, step) => step * 1e9));
  });

  test("counts steps on where none is given", () => {
    const run = openRun({ dir: temporaryFolder(), sources: [] });
    run.log({ a: 1 });
    run.log({ a: 2 });
    run.log({ a: 3 }, 10);
    run.log({ "epoch/a": 0 }, 1);
    run.log({ a: 4 });
    run.finish();
    expect([...readRun(run.dir).scalars.get("a")!.steps]).toEqual([0, 1, 10, 11]);
  });

  test("says what is wrong with a point, and stays open", () => {
    const run = openRun({ dir: temporaryFolder(), sources: [] });
    const log = run.log.bind(run) as (values: Record<string, unknown>, step?: number) => void;
    expect(() => log({ loss: "0.3" }, 1)).toThrow(
      new TypeError('log "loss": a value must be a number; got "0.3"'),
    );
    expect(() => log({ loss: 1 }, -1)).toThrow(RangeError);
    expect(() => log({ loss: 1 }, 0.5)).toThrow("log: a step must be a non-negative integer; got 0.5");
    const bad = { edges: Float64Array.of(0, 1), counts: Float64Array.of(1, 2) };
    expect(() => run.histogram("h", bad, 0)).toThrow(/one edge more than counts; got 2 edges and 2 counts/);
    log({ loss: 1 }, 0);
    run.finish();
    expect(() => log({ loss: 1 }, 1)).toThrow(/is finished and takes no more points/);
    expect([...readRun(run.dir).scalars.get("loss")!.values]).toEqual([1]);
  });

  test("of two ends the first counts, and the error is kept", () => {
    const run = openRun({ dir: temporaryFolder(), sources: [] });
    run.finish("failed", new RangeError("too large"));
    run.finish("finished");
    expect(stored(run.dir)).toMatchObject({
      status: "failed",
      error: { name: "RangeError", message: "too large" },
    });
  });

  test.each([
    [0, "finished"],
    [1, "failed"],
    [130, "interrupted"],
  ])("a process that exits with %i ends the runs it has open as %s", (code, status) => {
    const dir = temporaryFolder();
    const program = `
      import { openRun } from ${JSON.stringify(join(import.meta.dirname, "../../../dist/src/track/openRun.js"))};
      openRun({ dir: process.argv[1], sources: [] });
      process.exit(${code});`;
    const result = spawnSync(process.execPath, ["--input-type=module", "-e", program, dir]);
    expect(result.status).toBe(code);
    expect(stored(join(dir, readdirSync(dir)[0]!)).status).toBe(status);
  });

  test.each([
    [0, "interrupted"],
    [1, "failed"],
  ])("a process that exits with %i while a training goes on ends its run as %s", (code, status) => {
    const dir = temporaryFolder();
    const module = (name: string) =>
      JSON.stringify(join(import.meta.dirname, `../../../dist/src/track/${name}.js`));
    const program = `
      import { openRun } from ${module("openRun")};
      import { beginTraining } from ${module("openRuns")};
      const [training, trained] = ["training", "trained"].map((name) => openRun({ name, dir: process.argv[1], sources: [] }));
      const [first, second, other] = [training, training, trained].map(beginTraining);
      first();
      other();
      process.exit(${code});`;
    const result = spawnSync(process.execPath, ["--input-type=module", "-e", program, dir]);
    expect(result.status, String(result.stderr)).toBe(code);
    const ended = Object.fromEntries(
      readdirSync(dir).map((folder) => [stored(join(dir, folder)).name, stored(join(dir, folder)).status]),
    );
    expect(ended).toEqual({ training: status, trained: code === 0 ? "finished" : "failed" });
  });

  test("open runs can be closed by whoever ends the work", () => {
    const dir = temporaryFolder();
    const before = openRuns().length;
    const first = openRun({ name: "first", dir, sources: [] });
    const second = openRun({ name: "second", dir, sources: [] });
    expect(openRuns().slice(before)).toEqual([first, second]);
    expect(closeOpenRuns("interrupted", (run) => run === first)).toEqual([first]);
    expect(openRuns().slice(before)).toEqual([second]);
    second.finish();
    expect(stored(first.dir).status).toBe("interrupted");
    expect(openRuns()).toHaveLength(before);
  });

  test("runs of one name get folders of their own", () => {
    const dir = temporaryFolder();
    const runs = Array.from({ length: 20 }, () => openRun({ name: "same", dir, sources: [] }));
    for (const run of runs) run.finish();
    expect(new Set(readdirSync(dir)).size).toBe(20);
  });
});

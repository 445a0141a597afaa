import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { bestRuns } from "../../../src/track/bestRuns.js";
import { Machine, parseProcessorTime } from "../../../src/track/machine.js";
import { openRun } from "../../../src/track/openRun.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { runs } from "../../../src/track/runs.js";
import { systemInterval } from "../../../src/track/systemMetrics.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("the option decides how often, else the variable, else five seconds", () => {
  expect([systemInterval(undefined, ""), systemInterval(true, "off")]).toEqual([5, 5]);
  expect([systemInterval(undefined, "off"), systemInterval(false, "3")]).toEqual([undefined, undefined]);
  expect([systemInterval(0.5, "off"), systemInterval(undefined, "2.5")]).toEqual([0.5, 2.5]);
  for (const wrong of [0, -1, Number.NaN, 4000]) expect(() => systemInterval(wrong, "")).toThrow(RangeError);
  expect(() => systemInterval(undefined, "often")).toThrow(
    "track: TUNELAB_SYSTEM_METRICS must be 0.1 to 3600 seconds, or off; got NaN",
  );
});

test("a wrong interval opens no run, and leaves one to be resumed as it is", () => {
  const dir = temporaryFolder();
  expect(() => openRun({ dir, sources: [], system: "5" as never })).toThrow(
    new TypeError('track: system must be seconds, true or false; got "5"'),
  );
  expect(() => openRun({ dir, sources: [], system: -1 })).toThrow(RangeError);
  expect(readdirSync(dir)).toEqual([]);
  const run = openRun({ name: "ended", dir, sources: [], system: false });
  run.finish();
  expect(() => resumeRun("ended", { dir, system: -1 })).toThrow(RangeError);
  resumeRun("ended", { dir, system: false }).finish();
});

test("processors' time is busy where they neither idle nor wait; a guest's time is not counted twice", () => {
  expect(parseProcessorTime("cpu  100 20 30 1000 50 5 6 7 90 0")).toEqual({ busy: 168, total: 1218 });
});

test("measures this process: a processor that is kept busy, and memory that is held", async () => {
  const machine = new Machine(temporaryFolder());
  await machine.begin();
  const held = Buffer.alloc(200e6, 1);
  const until = process.cpuUsage().user + 300_000;
  while (process.cpuUsage().user < until);
  const busy = await machine.measure();
  // What is held is there, whatever else was given back; the system knows the most that ever was, in KiB.
  expect(busy.processMemoryMB).toBeGreaterThan(190);
  expect(busy.processMemoryMB).toBeLessThanOrEqual(1.01 * process.resourceUsage().maxRSS * 1.024e-3);
  expect(busy.processCpuPercent).toBeGreaterThan(0);
  expect(busy.cpuPercent).toBeGreaterThan(0);
  expect(busy.cpuPercent).toBeLessThanOrEqual(100);
  expect(busy.memoryPercent).toBeGreaterThan(0);
  expect(busy.memoryPercent).toBeLessThan(100);
  const [free] = execFileSync("df", ["--output=avail", "-B1", process.cwd()], { encoding: "utf8" })
    .split("\n")
    .slice(1);
  expect(Number(free) > 0 ? busy.diskFreeGB : 1).toBeGreaterThan(0);
  expect(held.length).toBe(200e6);
});

test("stands apart from the training's series, goes on in a resumed run, and ends with it", async () => {
  const dir = temporaryFolder();
  const measured = (run: { readonly dir: string }) => readRun(run.dir).system?.get("system/processMemoryMB");
  const until = async (run: { readonly dir: string }, count: number) => {
    const length = () => measured(run)?.values.length ?? 0;
    await expect.poll(length, { message: "measurements of the machine" }).toBeGreaterThanOrEqual(count);
  };
  const began = performance.now();
  const run = openRun({ name: "busy", dir, sources: [], system: 0.1 });
  run.log({ loss: 1 });
  run.countSamples(64);
  await until(run, 2);
  run.log({ loss: 2 });
  run.finish();
  const count = measured(run)?.values.length;
  await pause(400);
  expect(measured(run)?.values.length).toBe(count);
  const data = readRun(run.dir);
  expect([...data.scalars.keys()]).toEqual(["loss"]);
  expect([...(data.scalars.get("loss")?.steps ?? [])]).toEqual([0, 1]);
  expect(Object.keys(data.record.summary)).toEqual(["loss"]);
  const rates = [...(data.system?.get("system/samplesPerSecond")?.values ?? [])];
  expect(rates).toHaveLength(1);
  // All 64 by the first measurement, which comes after a tenth of a second (timers round to milliseconds).
  expect(rates[0]).toBeLessThanOrEqual(64 / 0.098);
  expect(rates[0]).toBeGreaterThanOrEqual((64 * 1000) / (performance.now() - began));
  const [row] = runs({ dir }).rows;
  expect(Object.keys(row?.metrics ?? {})).toEqual(["loss"]);
  expect(() => bestRuns("system/load1", { dir, direction: "min" })).toThrow();

  const again = resumeRun("busy", { dir, system: 0.1 });
  await until(again, (count ?? 0) + 1);
  again.log({ loss: 3 });
  again.finish();
  expect([...(readRun(run.dir).scalars.get("loss")?.steps ?? [])]).toEqual([0, 1, 2]);
  for (const { steps } of readRun(run.dir).system?.values() ?? [])
    expect([...steps]).toEqual([...steps].sort((a, b) => a - b));
});

test("is read by TensorBoard beside the training's", async () => {
  const dir = temporaryFolder();
  const run = openRun({ name: "seen", dir, sources: [], system: 0.1 });
  run.log({ loss: 1 });
  await expect.poll(() => readRun(run.dir).system, { message: "a measurement of the machine" }).toBeDefined();
  run.finish();
  const program = `
import json, os, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
out = {}
for writer in sorted(os.listdir(sys.argv[1])):
    folder = os.path.join(sys.argv[1], writer)
    if os.path.isdir(folder) and any("tfevents" in f for f in os.listdir(folder)):
        acc = EventAccumulator(folder); acc.Reload()
        out[writer] = {t: len(acc.Scalars(t)) for t in acc.Tags()["scalars"]}
print(json.dumps(out))`;
  const python = resolve(".venv-test/bin/python");
  const seen = JSON.parse(execFileSync(python, ["-c", program, run.dir], { encoding: "utf8" }));
  expect(seen.main).toEqual({ loss: 1 });
  expect(Object.keys(seen.system)).toEqual(
    expect.arrayContaining(["system/processMemoryMB", "system/diskFreeGB", "system/load1"]),
  );
});

test("keeps no process alive", () => {
  const dir = temporaryFolder();
  const library = join(import.meta.dirname, "../../../dist/src/track/openRun.js");
  const program = `
    import { openRun } from ${JSON.stringify(library)};
    openRun({ dir: process.argv[1], sources: [], system: 0.1 });
    setTimeout(() => undefined, 500);`;
  const { status, error } = spawnSync(process.execPath, ["--input-type=module", "-e", program, dir], {
    timeout: 60_000,
  });
  expect([status, error]).toEqual([0, undefined]);
  expect(existsSync(join(dir, readdirSync(dir)[0] as string, "system"))).toBe(true);
});

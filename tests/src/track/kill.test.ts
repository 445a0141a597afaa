import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { eventFiles } from "../../../src/track/eventFiles.js";
import { findRuns } from "../../../src/track/findRuns.js";
import { openRun } from "../../../src/track/openRun.js";
import type { RunData } from "../../../src/track/runData.js";
import { RunReader, readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** How many processes are killed in all; TUNELAB_KILLS=200 for the whole. */
const kills = Number(process.env.TUNELAB_KILLS ?? 40);
const each = Math.ceil(kills / 4);
const timeout = 60_000 + kills * 15_000;
const program = join(import.meta.dirname, "killedWriter.mjs");
const random = xoroshiro128plus(20260101);

type Kind = "alone" | "rotating" | "resumed" | "shared";

interface Writer {
  readonly child: ChildProcess;
  /** The first point's call has returned. */
  readonly begun: Promise<unknown>;
  /** The last step whose call returned, once the process has ended. */
  readonly acknowledged: Promise<number>;
}

function startWriter(kind: Kind, folder: string, number: number): Writer {
  const child = spawn(process.execPath, [program, kind, folder, String(number)], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const pipe = child.stdio[3] as NodeJS.ReadableStream;
  let last = -1;
  let rest = Buffer.alloc(0);
  pipe.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    const whole = rest.length - (rest.length % 4);
    if (whole > 0) last = rest.readUInt32LE(whole - 4);
    rest = rest.subarray(whole);
  });
  const begun = new Promise((resolve) => pipe.once("data", resolve));
  const acknowledged = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) =>
      signal === "SIGKILL" ? resolve(last) : reject(new Error(`the writer ended by itself, with ${code}`)),
    );
  });
  return { child, begun: Promise.race([begun, acknowledged]), acknowledged };
}

/** Kills each a while after all have begun; their last acknowledged steps. */
async function killAll(writers: readonly Writer[]): Promise<number[]> {
  await Promise.all(writers.map(({ begun }) => begun));
  for (const { child } of writers) {
    await new Promise((resolve) => setTimeout(resolve, uniformInt(random, 0, 600) / 10));
    child.kill("SIGKILL");
  }
  return Promise.all(writers.map(({ acknowledged }) => acknowledged));
}

/** Every step of a writer up to `acknowledged` is there once, in order, and what is there is right. */
function expectPoints(run: RunData, number: number, acknowledged: number): void {
  expect(acknowledged).toBeGreaterThanOrEqual(0);
  const offset = number * 1e6;
  const loss = run.scalars.get("train/loss")!;
  const own = [...run.scalars.get("train/step")!.values].flatMap((value, i) =>
    Math.floor(value / 1e6) === number ? [{ step: value - offset, i }] : [],
  );
  expect(own.length).toBeGreaterThan(acknowledged);
  for (const [place, { step, i }] of own.entries())
    if (step !== place || loss.steps[i] !== step || loss.values[i] !== 1 / (offset + step + 3))
      expect.fail(`writer ${number}: at place ${place} is step ${step} with the loss ${loss.values[i]}`);
}

function expectHistograms(run: RunData, acknowledged: number): void {
  const histograms = run.histograms.get("weights/dense")!;
  expect(histograms.length).toBeGreaterThanOrEqual(Math.floor(acknowledged / 7) + 1);
  for (const { histogram } of histograms) expect(histogram.edges[30]).toBe(30 / 7);
}

/** What a killed writer may leave: a record that it had not written whole. */
function expectNoDamage(run: RunData): void {
  expect(run.problems.filter(({ kind }) => kind !== "truncated")).toEqual([]);
}

describe("SIGKILL loses no point whose log returned, and shows no wrong one", () => {
  test("of a writer, while its run is read again and again", { timeout }, async () => {
    for (let kill = 0; kill < each; kill++) {
      const root = temporaryFolder();
      const writer = startWriter("alone", root, kill);
      await writer.begun;
      const reader = new RunReader(findRuns([], { dir: root })[0]!);
      reader.refresh();
      const [acknowledged = -1] = await killAll([writer]);
      const run = reader.refresh();
      expect(run.status).toBe("killed");
      expectPoints(run, kill, acknowledged);
      expectHistograms(run, acknowledged);
      expectNoDamage(run);
    }
  });

  test("of a writer that begins a new file every few points", { timeout }, async () => {
    for (let kill = 0; kill < each; kill++) {
      const root = temporaryFolder();
      const [acknowledged = -1] = await killAll([startWriter("rotating", root, kill)]);
      const run = readRun(findRuns([], { dir: root })[0]!);
      expectPoints(run, kill, acknowledged);
      expectHistograms(run, acknowledged);
      expectNoDamage(run);
      if (acknowledged > 200) expect(eventFiles(run.dir).length).toBeGreaterThan(3);
    }
  });

  test("of one writer after the other, each of which goes on with the run", { timeout }, async () => {
    const root = temporaryFolder();
    for (let kill = 0; kill < each; kill++) {
      const [acknowledged = -1] = await killAll([startWriter("resumed", root, 0)]);
      const run = readRun(findRuns([], { dir: root })[0]!);
      expect(run.record.resumed).toBe(kill);
      expect(run.status).toBe("killed");
      expectPoints(run, 0, acknowledged);
      expectNoDamage(run);
    }
  });

  test("of four writers at a time, in one folder of runs and in folders of one run", {
    timeout,
  }, async () => {
    for (let kill = 0; kill < each; kill += 4) {
      const root = temporaryFolder();
      const isShared = kill % 8 === 4;
      const owner = isShared ? openRun({ dir: root, sources: [], system: false, output: false }) : undefined;
      const writers = [0, 1, 2, 3].map((n) => {
        const folder = owner ? join(owner.dir, `worker-${n}`) : root;
        mkdirSync(folder, { recursive: true });
        return startWriter(owner ? "shared" : "alone", folder, n);
      });
      const acknowledged = await killAll(writers);
      const dirs = findRuns([], { dir: root });
      expect(dirs).toHaveLength(owner ? 1 : 4);
      for (const n of [0, 1, 2, 3]) {
        const runs = dirs.map((dir) => readRun(dir));
        const run = owner ? runs[0]! : runs.find(({ record }) => record.name === `run-${n}`)!;
        expectPoints(run, n, acknowledged[n]!);
        expectNoDamage(run);
      }
      owner?.finish();
    }
  });
});

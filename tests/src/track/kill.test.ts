import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { findRuns } from "../../../src/track/findRuns.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";

const library = join(import.meta.dirname, "../../../dist/src/track/openRun.js");

/** Logs for ever; after each call that returned, writes its step to the pipe 3 as four bytes. */
const writer = `
import { writeSync } from "node:fs";
import { openRun } from ${JSON.stringify(library)};
const run = openRun({ name: "killed", dir: process.argv[1], sources: [] });
const histogram = { edges: Float64Array.from({ length: 31 }, (_, i) => i / 7), counts: new Float64Array(30).fill(3) };
const word = new Uint32Array(1);
for (let step = 0; ; step++) {
  run.log({ "train/loss": 1 / (step + 3), "train/accuracy": step }, step);
  if (step % 7 === 0) run.histogram("gradients/dense/kernel", histogram, step);
  word[0] = step;
  writeSync(3, word);
}`;

/** Runs the writer, kills it `delay` ms after its first point; resolves to its last acknowledged step. */
async function killWriter(dir: string, delay: number): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, ["--input-type=module", "-e", writer, dir], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  let last = -1;
  let rest = Buffer.alloc(0);
  const pipe = child.stdio[3] as NodeJS.ReadableStream;
  pipe.once("data", () => setTimeout(() => child.kill("SIGKILL"), delay));
  pipe.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    const whole = rest.length - (rest.length % 4);
    if (whole > 0) last = rest.readUInt32LE(whole - 4);
    rest = rest.subarray(whole);
  });
  const signal = await new Promise((resolve) => child.once("close", (_, name) => resolve(name)));
  expect(signal).toBe("SIGKILL");
  return last;
}

describe("SIGKILL", () => {
  test("at 20 moments loses no point whose log returned, and shows no wrong one", async () => {
    const random = xoroshiro128plus(20260101);
    for (let kill = 0; kill < 20; kill++) {
      const root = temporaryFolder();
      const acknowledged = await killWriter(root, uniformInt(random, 0, 60));
      expect(acknowledged).toBeGreaterThanOrEqual(0);
      const [dir] = findRuns([], { dir: root });
      const run = readRun(dir!);
      expect(run.status).toBe("killed");
      const loss = run.scalars.get("train/loss")!;
      const accuracy = run.scalars.get("train/accuracy")!;
      expect(loss.steps.length).toBeGreaterThan(acknowledged);
      loss.steps.forEach((step, i) => {
        if (step !== i || loss.values[i] !== 1 / (i + 3) || accuracy.values[i] !== i) {
          expect.fail(`kill ${kill}: step ${step} at place ${i} has the value ${loss.values[i]}`);
        }
      });
      const histograms = run.histograms.get("gradients/dense/kernel")!;
      expect(histograms.length).toBeGreaterThanOrEqual(Math.floor(acknowledged / 7) + 1);
      for (const { histogram } of histograms) expect(histogram.edges[30]).toBe(30 / 7);
    }
  });
});

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { storedPath } from "../../../src/track/artifact.js";
import { openRun } from "../../../src/track/openRun.js";
import { temporaryFolder } from "./temporaryFolder.js";

const bytes = new Uint8Array(2 ** 20).map((_, i) => (i * 7919) % 251);
const sha256 = createHash("sha256").update(bytes).digest("hex");

function runIn(dir: string) {
  const run = openRun({ dir, sources: [], system: false, output: false });
  run.artifact(bytes, { name: "model" });
  run.finish();
  return run;
}

/** As du has it, which counts a file with several names once. */
function kilobytes(dir: string): number {
  const { stdout } = spawnSync("du", ["-sk", dir], { encoding: "utf8" });
  return Number.parseInt(stdout, 10);
}

test("equal bytes of five runs take room once, and a run that is deleted takes none from the others", () => {
  const dir = temporaryFolder();
  const runs = Array.from({ length: 5 }, () => runIn(dir));
  expect(statSync(storedPath(runs[0]!.dir, sha256)).nlink).toBe(5);
  if (process.platform === "linux") expect(kilobytes(dir)).toBeLessThan(2 * 1024);
  for (const run of runs.slice(0, 4)) rmSync(run.dir, { recursive: true });
  const [last] = runs.slice(-1);
  expect(last?.artifacts[0]?.bytes()).toEqual(bytes);
  expect(statSync(storedPath(last!.dir, sha256)).nlink).toBe(1);
});

test("what a disk has damaged is not shared, and is left as it is in the run that has it", () => {
  const dir = temporaryFolder();
  const first = runIn(dir);
  const damaged = storedPath(first.dir, sha256);
  writeFileSync(damaged, new Uint8Array(bytes.length));
  const second = runIn(dir);
  expect(second.artifacts[0]?.bytes()).toEqual(bytes);
  expect(statSync(storedPath(second.dir, sha256)).nlink).toBe(1);
  // A third finds the sound one.
  expect(statSync(storedPath(runIn(dir).dir, sha256)).nlink).toBe(2);
  expect(readFileSync(damaged).every((byte) => byte === 0)).toBe(true);
});

test("what cannot be read in another run keeps no run from its own bytes", () => {
  const dir = temporaryFolder();
  const broken = storedPath(runIn(dir).dir, sha256);
  rmSync(broken);
  symlinkSync("nowhere", broken);
  const second = runIn(dir);
  expect(second.artifacts[0]?.bytes()).toEqual(bytes);
  expect(statSync(storedPath(second.dir, sha256)).nlink).toBe(1);
});

// Many processes that log at the same time, each a run of its own in one folder: nothing may be lost.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findRuns, readRun } from "../../dist/src/track/index.js";

const writer = fileURLToPath(new URL("./runs.mjs", import.meta.url));

/** @returns points a second of all together, and how many points and runs were lost */
export async function manyProcesses({ count, points }) {
  const dir = mkdtempSync(join(tmpdir(), "tunelab-bench-"));
  try {
    const start = performance.now();
    const codes = await Promise.all(Array.from({ length: count }, () => write(dir, points)));
    const seconds = (performance.now() - start) / 1000;
    if (codes.some((code) => code !== 0))
      throw new Error(`a writer ended with ${codes.find((code) => code !== 0)}`);
    const read = findRuns([], { dir }).map((run) => readRun(run));
    const found = read
      .flatMap(({ scalars }) => [...scalars.values()])
      .reduce((sum, { values }) => sum + values.length, 0);
    return { perSecond: (count * points) / seconds, lost: count * points - found };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function write(dir, points) {
  const child = spawn(process.execPath, [writer, dir, "1", String(points)], { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? signal));
  });
}

// Runs to look at, each logged on its own: of 100 runs with 50 tags and 10,000 steps the files are 1.6 GB.
import { openRun } from "../../dist/src/track/openRun.js";

/** @param {{ folder: string, runs: number, tags: number, steps: number }} size */
export function writeLogs({ folder, runs, tags, steps }) {
  for (let r = 0; r < runs; r++) logRun({ folder, tags, steps }, r);
}

function logRun({ folder, tags, steps }, r) {
  const run = openRun({ name: `run-${String(r).padStart(3, "0")}`, dir: folder, sources: [] });
  const names = Array.from({ length: tags }, (_, t) => `group${Math.floor(t / 10)}/metric${t % 10}`);
  let noise = r + 1;
  for (let step = 0; step < steps; step++) {
    const values = {};
    for (const [t, tag] of names.entries()) {
      noise = (noise * 48271) % 2147483647;
      values[tag] = Math.exp((-step * (t + 1)) / steps / 9) * (1 + r / 50) + noise / 2147483647 / 5;
    }
    run.log(values, step);
  }
  run.finish("finished");
}

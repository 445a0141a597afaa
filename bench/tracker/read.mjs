// Reads all runs of a folder in a process of its own: `node --expose-gc read.mjs FOLDER`; prints one JSON line.
// Then adds a point to each of a hundred runs of its own, and reads again only what was added.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRun } from "../../dist/src/track/openRun.js";
import { RunReader } from "../../dist/src/track/runReader.js";
import { median } from "../shared/report.mjs";

const [, , root] = process.argv;
const readers = readdirSync(root).map((name) => new RunReader(join(root, name)));
const residentBefore = process.memoryUsage.rss();
const cpuBefore = process.cpuUsage();
const start = performance.now();
const runs = readers.map((reader) => reader.refresh());
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const points = runs
  .flatMap(({ scalars }) => [...scalars.values()])
  .reduce((sum, { values }) => sum + values.length, 0);
globalThis.gc();
const bytesPerPoint = (process.memoryUsage.rss() - residentBefore) / points;
const problems = runs.flatMap((run) => run.problems).length;
console.log(
  JSON.stringify({
    seconds,
    cpuSeconds: (user + system) / 1e6,
    points,
    bytesPerPoint,
    problems,
    refresh: refresh(),
  }),
);

/** Milliseconds to take in one new point of each of 50 series of each of 100 live runs. */
function refresh() {
  const dir = mkdtempSync(join(tmpdir(), "tunelab-bench-"));
  const live = Array.from({ length: 100 }, (_, i) => openRun({ name: `live-${i}`, dir, sources: [] }));
  const liveReaders = live.map((run) => new RunReader(run.dir));
  const milliseconds = [];
  for (let step = 0; step < 15; step++) {
    const values = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`layer-${i}/norm`, step / (i + 3)]),
    );
    for (const run of live) run.log(values, step);
    const begin = performance.now();
    const data = liveReaders.map((reader) => reader.refresh());
    milliseconds.push(performance.now() - begin);
    if (data.some(({ scalars }) => scalars.get("layer-49/norm").values[step] !== step / 52))
      throw new Error("a refresh did not show the newest point");
  }
  for (const run of live) run.finish();
  rmSync(dir, { recursive: true });
  // The first reads what was there, and compiles.
  return median(milliseconds.slice(3));
}

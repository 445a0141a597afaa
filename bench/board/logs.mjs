// Runs to look at: a few are logged, the others have event files that are links to theirs, under names of their own: 50
// million points would be 3 GB to write. Either server reads each run's file on its own, from the system's cache.
import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openRun } from "../../dist/src/track/openRun.js";

const distinct = 5;

/** @param {{ folder: string, runs: number, tags: number, steps: number }} size */
export function writeLogs({ folder, runs, tags, steps }) {
  const first = Array.from({ length: Math.min(distinct, runs) }, (_, r) =>
    logRun({ folder, tags, steps }, r),
  );
  for (let r = first.length; r < runs; r++) copyRun(first[r % first.length], join(folder, name(r)), r);
}

const name = (r) => `run-${String(r).padStart(3, "0")}`;

function logRun({ folder, tags, steps }, r) {
  const run = openRun({ name: name(r), dir: folder, sources: [] });
  const names = Array.from({ length: tags }, (_, t) => `group${Math.floor(t / 10)}/metric${t % 10}`);
  let noise = r + 1;
  for (let step = 0; step < steps; step++) {
    const values = {};
    for (const [t, tag] of names.entries()) {
      noise = (noise * 48271) % 2147483647;
      values[tag] = Math.exp((-step * (t + 1)) / steps / 9) * (1 + r / 10) + noise / 2147483647 / 5;
    }
    run.log(values, step);
  }
  run.finish("finished");
  return run.dir;
}

function copyRun(from, to, r) {
  mkdirSync(to);
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const place = join(entry.parentPath.replace(from, to), entry.name);
    if (entry.isDirectory()) mkdirSync(place);
    else if (entry.name.includes("tfevents")) linkSync(join(entry.parentPath, entry.name), place);
  }
  const record = JSON.parse(readFileSync(join(from, "run.json"), "utf8"));
  const own = { ...record, id: `copy${String(r).padStart(4, "0")}`, name: name(r) };
  writeFileSync(join(to, "run.json"), JSON.stringify(own));
}

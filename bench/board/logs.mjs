// Runs to look at: a few are logged, the others are copies of theirs under names of their own.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
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
  cpSync(from, to, { recursive: true });
  const file = join(to, "run.json");
  const record = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...record, id: `copy${String(r).padStart(4, "0")}`, name: name(r) }));
}

// A writer for kill.test.ts: `node killedWriter.mjs KIND FOLDER NUMBER`. It logs for ever; after each call that returned
// it writes its step to the pipe 3, as four bytes.
import { existsSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { EventWriter } from "../../../dist/src/track/eventWriter.js";
import { openRun } from "../../../dist/src/track/openRun.js";
import { resumeRun } from "../../../dist/src/track/resumeRun.js";

const [, , kind, folder, number] = process.argv;
const offset = Number(number) * 1e6;
const histogram = {
  edges: Float64Array.from({ length: 31 }, (_, i) => i / 7),
  counts: new Float64Array(30).fill(3),
};
const quiet = { system: false, output: false };
const word = new Uint32Array(1);
const { log, first } = openWriter();

for (let step = first; ; step++) {
  log(step);
  word[0] = step;
  writeSync(3, word);
}

/** The two values of a step say which step and which writer they are of. */
function values(step) {
  return { "train/loss": 1 / (offset + step + 3), "train/step": offset + step };
}

function openWriter() {
  if (kind === "shared") return sharedWriter();
  const run = kind === "resumed" ? goOn() : openRun({ dir: folder, sources: [], name: `run-${number}`, ...quiet, ...rotation() });
  const first = (run.record.summary["train/step"]?.step ?? -1) + 1;
  return {
    first,
    log(step) {
      run.log(values(step), step);
      if (step % 7 === 0) run.histogram("weights/dense", histogram, step);
    },
  };
}

/** Some 20 points a file. */
function rotation() {
  return kind === "rotating" ? { fileBytes: 3000 } : {};
}

function goOn() {
  const [name] = existsSync(folder) ? readdirSync(folder) : [];
  return name === undefined ? openRun({ dir: folder, sources: [], ...quiet }) : resumeRun(join(folder, name));
}

/** One of several writers of a run: a sub-folder of its own. */
function sharedWriter() {
  const clock = { wallTime: () => Date.now() / 1000 };
  const writer = new EventWriter(folder, { clock, fileBytes: 3000, onProblem: (text) => console.error(text) });
  return { first: 0, log: (step) => writer.scalars(values(step), step) };
}

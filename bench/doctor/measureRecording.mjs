// What the doctor needs to have recorded adds to a training.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../shared/report.mjs";
import { datasetOf } from "./data/datasetOf.mjs";
import { trainRun } from "./trainRun.mjs";

const models = {
  "a dense net": {
    id: "dense",
    data: { of: "mnist", rows: 20_000 },
    net: { hidden: [256, 128] },
    batchSize: 64,
  },
  "a convolutional net": {
    id: "conv",
    data: { of: "mnist", rows: 6000 },
    net: { conv: [16, 32], hidden: [64] },
    batchSize: 64,
  },
};

/** Recorded as by default; losses and metrics alone; nothing, not even a run that is opened. */
const kinds = { whole: {}, curves: { histograms: "", sampleEvery: 1e9 }, nothing: undefined };

/**
 * Trains each model in turn with each kind of record; the first round compiles and is not counted. What is compared is the processor's
 * time, of all threads, from the data in memory to the trained model: on a busy machine the clock says little.
 *
 * @returns by model `whole`, what a recorded training takes more than one that is not, and `statistics`, more than one of which curves alone
 *   are recorded: each { share, spread }, the median over the rounds, 0.01 for 1 %, and half the distance of their quartiles
 */
export async function measureRecording({ short }) {
  const dir = mkdtempSync(join(tmpdir(), "tunelab-bench-"));
  try {
    const measured = {};
    for (const [name, model] of Object.entries(models)) measured[name] = await ofModel(model, { dir, short });
    return measured;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function ofModel(model, { dir, short }) {
  const definition = { optimizer: { adam: {} }, epochs: 5, ...model };
  const dataset = await datasetOf(definition.data, 0);
  const time = async (track) => {
    const options = track ? { track: { system: false, ...track } } : { fit: { track: false } };
    const before = process.cpuUsage();
    await trainRun(definition, { seed: 0, dir, dataset, ...options });
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  const shares = { whole: [], statistics: [] };
  for (let round = -1; round < (short ? 3 : 9); round++) {
    const times = {};
    for (const [kind, track] of Object.entries(kinds)) times[kind] = await time(track);
    if (round < 0) continue;
    shares.whole.push(times.whole / times.nothing - 1);
    shares.statistics.push(times.whole / times.curves - 1);
  }
  return { whole: summed(shares.whole), statistics: summed(shares.statistics) };
}

function summed(shares) {
  const sorted = shares.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { share: median(shares), spread: (at(0.75) - at(0.25)) / 2 };
}

// What the doctor finds of the 67 runs of the public benchmark, and of runs that are kept apart: recall, right top verdict, F1 over
// problems, false alarms, layers, first alarms. `--short`: runs on points with one seed. `--seeds N`: 3 otherwise. `--sets
// benchmark,healthy`: only these. `--only VG,H1`: of the benchmark these. `--dir DIR`: runs that lie there are judged again, what is missing is trained.
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { judgeRuns } from "./doctor/judgeRuns.mjs";
import { measureRecording } from "./doctor/measureRecording.mjs";
import { macroF1, problemScores } from "./doctor/metrics/problemScores.mjs";
import {
  detectionRecall,
  diagnosisRate,
  falseAlarmRate,
  layerHitRate,
  otherAlarms,
} from "./doctor/metrics/rates.mjs";
import { upperBound } from "./doctor/metrics/upperBound.mjs";
import { runs } from "./doctor/runs/runs.mjs";
import { trainedIn } from "./doctor/trained.mjs";
import { trainHealthy } from "./doctor/trainHealthy.mjs";
import { chosen } from "./shared/chosen.mjs";
import { option } from "./shared/option.mjs";
import { machine, median, result, table } from "./shared/report.mjs";

const short = process.argv.includes("--short");
const known = ["benchmark", "healthy", "overhead"];
const sets = chosen("sets", known) ?? known;
const count = Number(option("seeds") ?? (short ? 1 : 3));
const healthyCount = Number(option("healthy") ?? (short ? 20 : 300));
for (const [name, value] of [
  ["seeds", count],
  ["healthy", healthyCount],
])
  if (!Number.isInteger(value) || value < 1) {
    console.error(`--${name} needs a whole number of at least 1; it was given ${option(name)}`);
    process.exit(2);
  }
const only = chosen("only", [...runs.map(({ family }) => family), ...runs.map(({ id }) => id)]);
const seeds = Array.from({ length: count }, (_, seed) => seed);
const kept = option("dir");
const dir = kept ?? mkdtempSync(join(tmpdir(), "tunelab-bench-"));
const ours = {};

console.log(`doctor: ${machine()}, load ${loadavg()[0].toFixed(1)}`);
try {
  if (sets.includes("benchmark")) await benchmark();
  if (sets.includes("healthy")) await healthy();
  if (sets.includes("overhead")) await overhead();
} finally {
  if (kept === undefined) rmSync(dir, { recursive: true, force: true });
}
console.log(`load at the end: ${loadavg()[0].toFixed(1)}`);
// Nothing repairs a run yet.
result({ bench: "doctor", ours: { ...ours, repair: null }, peers: {}, ratio: {} });

async function benchmark() {
  const wanted = runs.filter(({ id, family, data }) => {
    if (only) return only.includes(id) || only.includes(family);
    return !short || ["circle", "blob"].includes(data.of);
  });
  const trained = await trainedIn(wanted, { seeds, dir: join(dir, "benchmark") });
  const all = judgeRuns(trained, { when: true });
  const scores = problemScores(all);
  table([
    ["problem", "right", "wrong", "missed", "precision", "recall", "F1"],
    ...Object.entries(scores).map(([name, { tp, fp, fn, precision, recall, f1 }]) => [
      name,
      tp,
      fp,
      fn,
      shown(precision),
      shown(recall),
      shown(f1),
    ]),
  ]);
  const missed = all.filter(({ must, alarms }) => must.length > 0 && !must.includes(alarms[0]?.problem));
  console.log("\nruns whose first verdict is none of those that must be named:");
  for (const run of missed)
    console.log(`  ${run.id} seed ${run.seed}: ${run.alarms.map(said).join(", ") || "no alarm"}`);
  console.log("healthy runs with an alarm:");
  for (const run of all.filter(({ must, alarms }) => must.length === 0 && alarms.length > 0))
    console.log(`  ${run.id} seed ${run.seed}: ${run.alarms.map(said).join(", ")}`);
  const first = all.flatMap(({ must, first }) => (must.length > 0 && first?.any ? [first.any] : []));
  const early = all.filter(({ must }) => must.length === 0);
  Object.assign(ours, {
    recall: detectionRecall(all),
    diagnosis: diagnosisRate(all),
    macroF1: macroF1(scores),
    macroF1WithoutSymptoms: macroF1(problemScores(all, { symptoms: false })),
    falseAlarms: falseAlarmRate(all),
    layerHit: layerHitRate(all),
    firstAlarmSteps: first.length > 0 ? median(first) : null,
    falseAlarmsUnderway: early.filter(({ first }) => first?.any !== undefined).length / early.length,
  });
  console.log(
    `\n${all.length} runs: alarm on ${shown(ours.recall)} of the faulty ones, the right one first on ${shown(ours.diagnosis)}, macro-F1 ${shown(ours.macroF1)} (${shown(ours.macroF1WithoutSymptoms)} without symptoms), layer ${shown(ours.layerHit)}`,
  );
  console.log(
    `healthy ones with an alarm: ${shown(ours.falseAlarms)}, at any time while they train: ${shown(ours.falseAlarmsUnderway)}; first alarm of faulty ones after ${ours.firstAlarmSteps} steps (median)`,
  );
  const others = otherAlarms(all);
  console.log(
    `alarms of problems that the benchmark has not, and no symptoms: ${others.length}${others.length > 0 ? ` (${counted(others.map(({ name }) => name))})` : ""}\n`,
  );
}

async function healthy() {
  const { healthy: trained, tried } = await trainHealthy({ count: healthyCount, dir: join(dir, "healthy") });
  const all = judgeRuns(trained);
  const alarmed = all.filter(({ alarms }) => alarms.length > 0);
  const bound = upperBound(alarmed.length, all.length);
  console.log(
    `${all.length} healthy runs that are made up (${tried} were trained, the others did not learn well): ${alarmed.length} with an alarm, 95 % upper bound ${shown(bound)}`,
  );
  for (const run of alarmed) console.log(`  ${run.id}: ${run.alarms.map(said).join(", ")}`);
  Object.assign(ours, {
    healthyRuns: all.length,
    healthyFalseAlarms: alarmed.length / all.length,
    healthyUpperBound: bound,
  });
}

async function overhead() {
  const measured = await measureRecording({ short });
  const percent = ({ share, spread }) => `${(100 * share).toFixed(1)} ± ${(100 * spread).toFixed(1)} %`;
  table([
    ["what a record adds to a training", "all of it", "statistics of layers"],
    ...Object.entries(measured).map(([name, { whole, statistics }]) => [
      name,
      percent(whole),
      percent(statistics),
    ]),
  ]);
  const worst = (kind) => Math.max(...Object.values(measured).map((model) => model[kind].share));
  Object.assign(ours, { overhead: worst("statistics"), overheadWhole: worst("whole") });
}

function said({ name, layer, follows }) {
  return `${name}${layer === undefined ? "" : ` in ${layer}`}${follows === undefined ? "" : ` (from ${follows})`}`;
}

function counted(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, times]) => `${name} ${times}`).join(", ");
}

function shown(value) {
  return Number.isNaN(value) ? "–" : value.toFixed(3);
}

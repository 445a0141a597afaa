// What the doctor finds of the 67 runs of the public benchmark, and of runs that are kept apart: recall, right first verdict, F1 over
// problems, false alarms, layers, first alarms, and what of it `fix` repairs; beside two judges made here by their descriptions. `--short`: runs on points with one
// seed. `--seeds N`: 3 otherwise. `--sets benchmark,healthy`: only these; `--set variant`: of faults kept apart alone. `--only VG,H1`:
// of the benchmark these, and of the faults kept apart with `--sets repair`. `--dir DIR`: runs that lie there are judged again, what is
// missing is trained. `--peers ours`: no other judge.
// `--healthy N` and `--faults N`: how many are made up; `--from N`: from which number on. `--sets preflight`: what
// is found before the first step, of which one is trained.
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { baselines, judgeRuns } from "./doctor/judgeRuns.mjs";
import { measureRecording } from "./doctor/measureRecording.mjs";
import { figures } from "./doctor/metrics/figures.mjs";
import { upperBound } from "./doctor/metrics/upperBound.mjs";
import { preflightFigures } from "./doctor/preflight/figures.mjs";
import { lookedAt } from "./doctor/preflight/lookedAt.mjs";
import { tellPreflight } from "./doctor/preflight/report.mjs";
import { repairFigures } from "./doctor/repair/figures.mjs";
import { repairRun } from "./doctor/repair/repairRun.mjs";
import { tellRepair, tellRepairs } from "./doctor/repair/report.mjs";
import { shown, tellAlarms, tellJudges, tellMisses, tellProblems } from "./doctor/report.mjs";
import { chosenRuns } from "./doctor/runs/chosenRuns.mjs";
import { generated } from "./doctor/runs/generated.mjs";
import { runs } from "./doctor/runs/runs.mjs";
import { traps } from "./doctor/runs/traps.mjs";
import { variants } from "./doctor/runs/variants.mjs";
import { trainedIn } from "./doctor/trained.mjs";
import { trainFaults } from "./doctor/trainFaults.mjs";
import { trainHealthy } from "./doctor/trainHealthy.mjs";
import { chosen } from "./shared/chosen.mjs";
import { option } from "./shared/option.mjs";
import { machine, median, result, table } from "./shared/report.mjs";
import { wholeOption } from "./shared/wholeOption.mjs";

const short = process.argv.includes("--short");
const known = ["benchmark", "variant", "faults", "healthy", "traps", "overhead", "repair", "preflight"];
const sets = chosen("set", known) ?? chosen("sets", known) ?? known;
const others = (chosen("peers", ["ours", ...baselines]) ?? baselines).filter((name) => name !== "ours");
const only = chosen(
  "only",
  [...runs, ...variants].flatMap(({ id, family }) => [id, family]),
);
const seeds = Array.from({ length: wholeOption("seeds", short ? 1 : 3) }, (_, seed) => seed);
const healthyCount = wholeOption("healthy", short ? 20 : 300);
const faultCount = wholeOption("faults", short ? 17 : 68);
const from = wholeOption("from", 0, 0);
const kept = option("dir");
const dir = kept ?? mkdtempSync(join(tmpdir(), "tunelab-bench-"));
const onPoints = ({ data }) => !["mnist", "fashion"].includes(data.of);
const ours = {};
const peers = {};

console.log(`doctor: ${machine()}, load ${loadavg()[0].toFixed(1)}`);
try {
  if (sets.includes("benchmark")) await benchmark();
  if (sets.includes("variant")) await variant();
  if (sets.includes("faults")) await faults();
  if (sets.includes("healthy")) await healthy();
  if (sets.includes("traps")) await oddOnes();
  if (sets.includes("overhead")) await overhead();
  if (sets.includes("repair")) await repair();
  if (sets.includes("preflight")) await preflights();
} finally {
  if (kept === undefined) rmSync(dir, { recursive: true, force: true });
}
console.log(`load at the end: ${loadavg()[0].toFixed(1)}`);
result({ bench: "doctor", ours, peers, ratio: {} });

async function benchmark() {
  const wanted = wantedOf(runs);
  const trained = await trainedIn(wanted, { seeds, dir: join(dir, "benchmark") });
  const all = await judgeRuns(trained, { when: true });
  tellProblems(all);
  tellMisses(all);
  for (const by of others) peers[by] = figures(await judgeRuns(trained, { by }));
  Object.assign(ours, figures(all), firstAlarms(all));
  const byDescription = Object.entries(peers).map(([by, found]) => [
    `${by}'s rules, made here by their description`,
    found,
  ]);
  tellJudges({ ours, ...Object.fromEntries(byDescription) }, { beside: true });
  console.log(
    `macro-F1 without symptoms: ${shown(ours.macroF1WithoutSymptoms)}; healthy runs with an alarm at any time while they train: ${shown(ours.falseAlarmsUnderway)}; first alarm of faulty ones after ${ours.firstAlarmSteps} steps (median), first right one after ${ours.firstRightSteps}\n`,
  );
}

/** Runs of the same faults that no threshold was looked up on. */
async function variant() {
  const wanted = short ? variants.filter(onPoints) : variants;
  const trained = await trainedIn(wanted, {
    seeds: seeds.map((seed) => seed + 100),
    dir: join(dir, "variant"),
  });
  const all = await judgeRuns(trained);
  console.log("faults kept apart:");
  tellProblems(all);
  tellMisses(all);
  ours.variant = figures(all);
  tellJudges({ "ours, on faults kept apart": ours.variant });
}

/** Faults that are injected into healthy runs that are made up, and those runs without them. */
async function faults() {
  const { runs: trained, tried } = await trainFaults({
    count: faultCount,
    from,
    dir: join(dir, "faults"),
    onPoints: short,
  });
  const all = await judgeRuns(trained);
  const faulty = all.filter(({ must }) => must.length > 0).length;
  console.log(
    `${faulty} faults that are made up, and as many healthy twins (of ${tried}, the others had none that is healthy, or proved no fault):`,
  );
  tellProblems(all);
  tellMisses(all);
  ours.faults = { runs: faulty, ...figures(all) };
  tellJudges({ "ours, on faults that are made up": ours.faults });
}

async function healthy() {
  const { healthy: trained, tried } = await trainHealthy({
    count: healthyCount,
    from,
    dir: join(dir, "healthy"),
  });
  const all = await judgeRuns(trained);
  const alarmed = all.filter(({ alarms }) => alarms.length > 0);
  const bound = upperBound(alarmed.length, all.length);
  console.log(
    `${all.length} healthy runs that are made up (of ${tried}, the others did not learn well): ${alarmed.length} with an alarm, 95 % upper bound ${shown(bound)}`,
  );
  tellAlarms(alarmed);
  Object.assign(ours, {
    healthyRuns: all.length,
    healthyFalseAlarms: alarmed.length / all.length,
    healthyUpperBound: bound,
  });
}

async function oddOnes() {
  const wanted = short ? traps.filter(onPoints) : traps;
  const all = await judgeRuns(await trainedIn(wanted, { seeds, dir: join(dir, "traps") }));
  const alarmed = all.filter(({ alarms }) => alarms.length > 0);
  console.log(`${all.length} healthy runs that look odd: ${alarmed.length} with an alarm`);
  tellAlarms(alarmed);
  ours.trapAlarms = alarmed.length / all.length;
}

async function overhead() {
  const measured = await measureRecording({ short });
  const percent = ({ share, spread }) => `${(100 * share).toFixed(1)} ± ${(100 * spread).toFixed(1)} %`;
  table([
    ["what a record adds to a training", "all of it", "statistics of layers"],
    ...Object.entries(measured).map(([name, model]) => [
      name,
      percent(model.whole),
      percent(model.statistics),
    ]),
  ]);
  const worst = (kind) => Math.max(...Object.values(measured).map((model) => model[kind].share));
  Object.assign(ours, { overhead: worst("statistics"), overheadWhole: worst("whole") });
}

/** What `fix` makes of faulty runs, and of the faults kept apart; in short form of one of each family on points. */
async function repair() {
  const found = await repairsOf(runs, { seeds, dir: join(dir, "repair") });
  if (found) {
    const { rate, ...more } = found;
    Object.assign(ours, { repair: rate, repairs: more });
  }
  // Their own seeds, as where they are judged.
  const apart = { seeds: seeds.map((seed) => seed + 100), dir: join(dir, "repairVariant") };
  const ofVariants = await repairsOf(variants, { ...apart, title: "faults kept apart:" });
  if (ofVariants) ours.repairVariant = ofVariants;
}

async function repairsOf(definitions, { seeds: each, dir: folder, title }) {
  const faulty = definitions.filter(({ must }) => must.length > 0);
  const few = faulty.filter(
    (run, i, all) =>
      onPoints(run) && all.findIndex((other) => onPoints(other) && other.family === run.family) === i,
  );
  const wanted = short && !only ? few : chosenRuns(faulty, only);
  if (wanted.length === 0) return undefined;
  if (title) console.log(title);
  const all = [];
  for (const definition of wanted)
    for (const seed of each) {
      const found = await repairRun(definition, { seed, dir: folder });
      tellRepair(found);
      all.push({ ...found, must: definition.must });
    }
  tellRepairs(all);
  return repairFigures(all);
}

/** What is found before the first step: of the benchmark, of healthy runs that look odd or are made up. */
async function preflights() {
  const all = [...runs, ...traps.filter(({ id }) => id !== "metricsAlone")];
  const wanted = wantedOf(all);
  const madeUp = only
    ? []
    : Array.from({ length: healthyCount }, (_, i) => ({ definition: generated(from + i), seed: from + i }));
  const each = wanted.flatMap((definition) => seeds.map((seed) => ({ definition, seed })));
  const found = await lookedAt([...each, ...madeUp], join(dir, "preflight"));
  tellPreflight(found);
  ours.preflight = preflightFigures(found);
}

/** Those that are named; else all, in short form those on points. */
function wantedOf(all) {
  return short && !only ? all.filter(onPoints) : chosenRuns(all, only);
}

function firstAlarms(all) {
  const faulty = all.filter(({ must }) => must.length > 0);
  const fine = all.filter(({ must }) => must.length === 0);
  const of = (kind) => {
    const steps = faulty.flatMap(({ first }) => first?.[kind] ?? []);
    return steps.length > 0 ? median(steps) : null;
  };
  const early = fine.filter(({ first }) => first?.any !== undefined).length;
  return {
    firstAlarmSteps: of("any"),
    firstRightSteps: of("right"),
    falseAlarmsUnderway: fine.length > 0 ? early / fine.length : null,
  };
}

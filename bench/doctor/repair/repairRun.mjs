import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRun } from "../../../dist/src/index.js";
import { judged } from "../metrics/judged.mjs";
import { trainRun } from "../trainRun.mjs";
import { takenOut } from "./badRows.mjs";
import { repaired } from "./repaired.mjs";
import { reachedBy, scoreOf } from "./score.mjs";
import { healthyTwin } from "./twins.mjs";

/** Trainings that a fix may take. */
const attempts = 4;

/**
 * Trains a faulty run and its healthy twin, and lets `fix` repair it. What it found is kept in `dir`, and taken from there.
 *
 * Accuracies are R² where values are learnt (`score.mjs`).
 *
 * @returns as `repaired`, with { id, family, seed, accuracy, twin, gain, cost, cured, headline, steps, left }: `gain` in accuracy, `cost` in
 *   steps of all trainings as a multiple of those asked of the first, `steps` what was tried
 */
export async function repairRun(definition, { seed, dir }) {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, `${definition.id}-s${seed}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8"));
  const trained = await trainRun(definition, { seed, dir });
  const twin = await twinAccuracy(definition, { seed, dir });
  const fix = await trained.fix({ attempts });
  const alarms = ({ diagnosis }) => judged(definition, diagnosis.verdicts).alarms;
  const before = await scoreOf(fix.before, definition, seed);
  const accuracy = await scoreOf(fix.after, definition, seed);
  const rows = await takenOut(definition, seed, fix.changes.data);
  const facts = { must: definition.must, before: alarms(fix.before), after: alarms(fix.after) };
  const found = {
    ...repaired({ ...facts, accuracy, twin, had: before, rows }),
    id: definition.id,
    family: definition.family,
    seed,
    accuracy,
    twin,
    had: before,
    rows,
    gain: accuracy - before,
    cost: fix.attempts.reduce((sum, { dir: part }) => sum + stepsOf(part), 0) / stepsAskedOf(trained.dir),
    cured: fix.cured,
    headline: fix.headline,
    alarms: facts.before.filter(({ follows }) => !follows).map(({ name }) => name),
    steps: fix.attempts.map(({ prescription, diagnosis, outcome }) =>
      [prescription.text, diagnosis.headline, outcome?.value.toPrecision(3)].join(" → "),
    ),
    advice: fix.advice.map(({ prescription, why }) => `${prescription.text} (${why})`),
    left: facts.after.map(({ name }) => name),
  };
  writeFileSync(path, JSON.stringify(found));
  return found;
}

/** Twins of several runs are one where all that makes them is the same. */
async function twinAccuracy(definition, { seed, dir }) {
  const { id: _, family: __, ...twin } = healthyTwin(definition);
  const path = join(dir, "twins.json");
  const known = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  const key = JSON.stringify([seed, twin]);
  if (known[key] === undefined) {
    const trained = await trainRun({ ...twin, id: "twin" }, { seed, dir });
    known[key] = await reachedBy(trained, twin, seed);
    writeFileSync(path, JSON.stringify(known));
  }
  return known[key];
}

/** Steps, since times tell more of the machine: those that were done, and those of all epochs that were asked for. */
function stepsOf(dir) {
  return readRun(dir).scalars.get("train/loss")?.steps.length ?? 0;
}

function stepsAskedOf(dir) {
  const { epochs, batchSize, trainSize } = readRun(dir).record.config;
  return epochs * Math.ceil(trainSize / batchSize);
}

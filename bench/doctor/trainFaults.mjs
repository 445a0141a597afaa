// Trains faulty runs that are made up, with their healthy twins, until each problem has its share: `node bench/doctor/trainFaults.mjs
// --count 68 --dir DIR`. `--from N` begins at the N-th, `--only vanishing` makes those of these problems alone. What proves no fault, or
// has no healthy twin, is thrown away, and told.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chosen } from "../shared/chosen.mjs";
import { option } from "../shared/option.mjs";
import { wholeOption } from "../shared/wholeOption.mjs";
import { datasetOf } from "./data/datasetOf.mjs";
import { faulty } from "./faults/faulty.mjs";
import { proofs } from "./faults/proofs.mjs";
import { unhealthyBy } from "./learned.mjs";
import { problems } from "./problems.mjs";
import { trainRun } from "./trainRun.mjs";

const known = Object.keys(problems);
/** Tries of a problem for each that is wanted: one that does not bite is not tried for ever. */
const triesEach = 8;

/**
 * Those that lie in `dir` already, as `faults-N.json` there says, are taken as they are, and others are trained behind them.
 *
 * @param options.count of all problems together; each gets the same number, rounded up
 * @param options.onPoints leaves images out
 * @param options.train as `trainRun`
 * @returns { runs: [{ definition, seed, dir }], twins and faults, dropped: [why], tried }
 */
export async function trainFaults({
  count,
  from = 0,
  dir,
  only = known,
  onPoints = false,
  train = trainRun,
}) {
  const each = Math.ceil(count / known.length);
  mkdirSync(dir, { recursive: true });
  const index = join(dir, `faults-${from}.json`);
  const all = existsSync(index) ? JSON.parse(readFileSync(index, "utf8")) : {};
  for (const problem of only) {
    const found = all[problem] ?? { next: firstOf(problem, from), tried: 0, kept: [], dropped: [] };
    all[problem] = found;
    while (found.kept.length < each && found.tried < triesEach * each) {
      const seed = found.next;
      found.next += known.length;
      if (onPoints && faulty(seed).isOnImages) continue;
      const { names, why } = await trainPair(seed, { dir, train });
      found.tried++;
      if (names) found.kept.push({ seed, ...names });
      else found.dropped.push(`${problem}-${seed}: ${why}`);
      writeFileSync(index, JSON.stringify(all));
    }
  }
  const wanted = only.map((problem) => all[problem]);
  return {
    runs: wanted.flatMap(({ kept }) => kept.slice(0, each).flatMap((pair) => runsOf(pair, dir))),
    dropped: wanted.flatMap(({ dropped }) => dropped),
    tried: wanted.reduce((sum, { tried }) => sum + tried, 0),
  };
}

function firstOf(problem, from) {
  const turn = known.indexOf(problem) - (from % known.length);
  return from + (turn < 0 ? turn + known.length : turn);
}

/** Trains the twin first: without a healthy one nothing is proven. */
async function trainPair(seed, { dir, train }) {
  const { definition, twin, proof } = faulty(seed);
  const healthy = await trained(twin, { seed, dir, train });
  const ill = unhealthyBy(healthy.trained, healthy.dataset);
  if (ill !== undefined) return dropped([healthy], `the twin is not healthy: ${ill}`);
  const fault = await trained(definition, { seed, dir, train });
  const why = proofs[proof](fault, healthy);
  if (why !== undefined) return dropped([healthy, fault], why);
  return { names: { fault: basename(fault.trained.dir), twin: basename(healthy.trained.dir) } };
}

async function trained(definition, { seed, dir, train }) {
  const dataset = await datasetOf(definition.data, seed);
  return { trained: await train(definition, { seed, dir, dataset }), dataset };
}

function dropped(pair, why) {
  for (const {
    trained: { dir },
  } of pair)
    rmSync(dir, { recursive: true });
  return { why };
}

function runsOf({ seed, ...names }, dir) {
  const { definition, twin } = faulty(seed);
  return [
    { definition, seed, dir: join(dir, names.fault) },
    { definition: twin, seed, dir: join(dir, names.twin) },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {
    runs,
    dropped: lines,
    tried,
  } = await trainFaults({
    count: wholeOption("count", 68),
    from: wholeOption("from", 0, 0),
    dir: option("dir") ?? "runs",
    only: chosen("only", known),
  });
  for (const line of lines) console.log(line);
  console.log(`${runs.length / 2} faulty runs of ${tried}, each with its twin`);
}

import { diagnose } from "../../dist/src/doctor/index.js";
import { readRun } from "../../dist/src/index.js";
import { autotrainer } from "./baselines/autotrainer.mjs";
import { sagemaker } from "./baselines/sagemaker.mjs";
import { classCounts } from "./data/classCounts.mjs";
import { datasetOf } from "./data/datasetOf.mjs";
import { firstAlarm } from "./metrics/firstAlarm.mjs";
import { judged } from "./metrics/judged.mjs";

/** Each gives the verdicts on a run, the top one first. `classCounts` are of the training's labels. */
const judges = {
  ours: (run) => diagnose(run).verdicts,
  sagemaker: (run, facts) => sagemaker(run, facts),
  autotrainer: (run) => autotrainer(run),
};

/** The judges beside ours: made here by the descriptions of what they are called after. */
export const baselines = ["sagemaker", "autotrainer"];

/**
 * What a judge says of trained runs.
 *
 * @param trained [{ definition, seed, dir }]
 * @param options.by the judge's name
 * @param options.when whether to look when the first alarm comes
 * @returns as `judged`, with `seed` and `first`
 */
export async function judgeRuns(trained, { by = "ours", when = false } = {}) {
  const all = [];
  for (const { definition, seed, dir } of trained) {
    const run = readRun(dir);
    const layers = (run.record.model?.layers ?? []).filter(({ weights }) => weights.length > 0);
    const order = layers.map(({ name }) => name);
    const facts = by === "sagemaker" ? { classCounts: await classCountsOf(definition, seed) } : {};
    const of = (one) => judged(definition, judges[by](one, facts), order);
    const steps = run.scalars.get("train/loss")?.steps.length ?? 0;
    const look = (cut) => of(cut).alarms;
    const first = when && steps > 0 ? firstAlarm(run, { steps, must: definition.must, look }) : undefined;
    all.push({ ...of(run), seed, first });
  }
  return all;
}

async function classCountsOf({ data }, seed) {
  const { train, classes } = await datasetOf(data, seed);
  return classes === undefined ? undefined : classCounts(train.y, classes);
}

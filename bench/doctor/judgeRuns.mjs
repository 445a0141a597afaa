import { diagnose } from "../../dist/src/doctor/index.js";
import { readRun } from "../../dist/src/index.js";
import { firstAlarm } from "./metrics/firstAlarm.mjs";
import { judged } from "./metrics/judged.mjs";

/**
 * What the doctor, or another judge, says of trained runs.
 *
 * @param trained [{ definition, seed, dir }]
 * @param options.judge gives the verdicts on a run, the top one first. Default: ours
 * @param options.when whether to look when the first alarm comes
 * @returns as `judged`, with `seed`, `steps` and `first`
 */
export function judgeRuns(trained, { judge = (run) => diagnose(run).verdicts, when = false } = {}) {
  return trained.map(({ definition, seed, dir }) => {
    const run = readRun(dir);
    const layers = (run.record.model?.layers ?? []).filter(({ weights }) => weights.length > 0);
    const order = layers.map(({ name }) => name);
    const of = (one) => judged(definition, judge(one, definition), order);
    const steps = run.scalars.get("train/loss")?.steps.length ?? 0;
    const look = (cut) => of(cut).alarms;
    const first = when && steps > 0 ? firstAlarm(run, { steps, must: definition.must, look }) : undefined;
    return { ...of(run), seed, steps, first };
  });
}

/** Writes example runs to a folder, as training would. */

import { openRun } from "../../../src/track/openRun.js";
import type { RunData } from "../../../src/track/runData.js";

/** Returns the run's folder. */
export function writeRun({ record, scalars, histograms }: RunData, dir: string): string {
  const { name, config, model, group } = record;
  const run = openRun({
    name,
    config,
    dir,
    sources: [],
    ...(model ? { model } : {}),
    ...(group ? { group } : {}),
  });
  for (const [tag, { steps, values }] of scalars)
    for (const [i, step] of steps.entries()) run.log({ [tag]: values[i] as number }, step);
  for (const [tag, points] of histograms)
    for (const { step, histogram } of points) run.histogram(tag, histogram, step);
  run.finish("finished");
  return run.dir;
}

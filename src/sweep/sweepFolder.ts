/** Makes the folder of a new sweep, or opens that of one to go on with. */
import { join, resolve } from "node:path";
import { writeFileAtomic } from "../base/atomicFile.js";
import { isoTime } from "../base/clock.js";
import { host, type SourceText } from "../base/host.js";
import { captureCode } from "../track/codeCapture.js";
import { thisOwner } from "../track/owner.js";
import { folderToGoOn, makeRunFolder } from "../track/runFolder.js";
import type { CoordinatorOptions } from "./coordinator.js";
import { sameDistribution } from "./distribution.js";
import { findSweep, sweepsFolder } from "./findSweeps.js";
import { prunerNamed } from "./pruners/named.js";
import { samplerNamed } from "./samplers/named.js";
import type { Space } from "./space.js";
import { readSweepRecord, recordFile, type SweepRecord, schemaVersion } from "./sweepRecord.js";

export interface SweepFolder {
  readonly dir: string;
  readonly options: CoordinatorOptions;
}

/** Writes sweep.json and code/ of a new sweep. */
export function makeSweepFolder(
  options: CoordinatorOptions,
  {
    engine,
    dir: root = sweepsFolder(),
    sources,
  }: { engine: string; dir?: string | undefined; sources?: readonly SourceText[] | undefined },
): SweepFolder {
  const { id, dir } = makeRunFolder(resolve(root), options.name);
  const { sampler, pruner, direction, metric, seed, trials, timeout, window, repeatable, retries, space } =
    options;
  const record: SweepRecord = {
    schemaVersion,
    id,
    name: options.name,
    createdAt: isoTime(options.clock),
    owner: thisOwner(),
    direction,
    ...(metric === undefined ? {} : { metric }),
    seed,
    sampler: { name: sampler.name, options: sampler.options },
    pruner: { name: pruner.name, options: pruner.options },
    ...(Number.isFinite(trials) ? { trials } : {}),
    ...(Number.isFinite(timeout) ? { timeout } : {}),
    window,
    repeatable,
    retries,
    ...(space ? { space } : {}),
    engine,
    code: captureCode(join(dir, "code"), sources ?? host().sources()),
  };
  writeFileAtomic(recordFile(dir), `${JSON.stringify(record, null, 2)}\n`);
  return { dir, options };
}

/**
 * Opens a sweep to go on with. What decides its proposals (seed, window, space, direction) is as recorded; limits
 * (trials, timeout) are the new ones where given. A goal without a metric's name means the metric that is recorded.
 *
 * @throws RangeError naming a parameter or option that was changed.
 */
export function reopenSweepFolder(
  given: CoordinatorOptions,
  {
    resume,
    dir: root = sweepsFolder(),
    changed,
  }: { resume: string | true; dir?: string | undefined; changed: ReadonlySet<string> },
): SweepFolder {
  const dir = folderToGoOn(findSweep(resume === true ? given.name : resume, resolve(root)));
  const record = readSweepRecord(dir);
  const named = given.metric ?? record.metric;
  refuseChange("the goal", goalOf(record), goalOf({ direction: given.direction, metric: named }));
  if (changed.has("seed")) refuseChange("seed", record.seed, given.seed);
  if (changed.has("repeatable")) refuseChange("repeatable", record.repeatable, given.repeatable);
  if (changed.has("space")) refuseOtherSpace(record.space ?? {}, given.space ?? {});
  return {
    dir,
    options: {
      ...given,
      name: record.name,
      metric: named,
      seed: record.seed,
      repeatable: record.repeatable,
      window: record.repeatable || !changed.has("parallel") ? record.window : given.window,
      space: record.space,
      trials: changed.has("trials") ? given.trials : (record.trials ?? Number.POSITIVE_INFINITY),
      timeout: changed.has("timeout") ? given.timeout : (record.timeout ?? Number.POSITIVE_INFINITY),
      retries: changed.has("retries") ? given.retries : record.retries,
      sampler: changed.has("sampler")
        ? given.sampler
        : samplerNamed(record.sampler.name, record.sampler.options),
      pruner: changed.has("pruner") ? given.pruner : prunerNamed(record.pruner.name, record.pruner.options),
    },
  };
}

function goalOf({
  direction,
  metric,
}: {
  readonly direction: string;
  readonly metric?: string | undefined;
}): string {
  return `${direction} ${metric ?? "the returned value"}`;
}

function refuseChange(what: string, recorded: unknown, given: unknown): void {
  if (recorded !== given)
    throw new RangeError(`to resume a sweep ${what} stays as recorded, ${recorded}; it was given ${given}`);
}

function refuseOtherSpace(recorded: Space, given: Space): void {
  for (const name of new Set([...Object.keys(recorded), ...Object.keys(given)])) {
    const [before, now] = [recorded[name], given[name]];
    if (!before || !now || !sameDistribution(before, now))
      throw new RangeError(
        `to resume a sweep its parameters stay as recorded; "${name}" ${!now ? "is missing" : !before ? "is new" : "was changed"}`,
      );
  }
}

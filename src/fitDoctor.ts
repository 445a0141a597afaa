/** The doctor, who says what is wrong, and tries what is prescribed. */
import { doctor as diagnoseRuns, type RunReference } from "./doctor/index.js";
import { fitted } from "./fitKept.js";
import { FitRun } from "./fitRun.js";
import type { Fix, FixOptions } from "./fix/index.js";
import { newestRun, readRunRecord } from "./track/index.js";

export interface DoctorFixOptions extends FixOptions {
  /** The folder of runs. Default: TUNELAB_RUNS, else `runs`. */
  readonly dir?: string;
}

/**
 * Tries what the doctor prescribes for a training of this process on copies of it, as `run.fix()` does: the run itself,
 * its name, id or folder. The last four trainings are kept for it.
 *
 * @throws RangeError if there is no such run, or this process did not train it.
 * @example const fix = await doctor.fix("baseline"); fix.cured;
 */
function fix(run: RunReference, { dir, ...options }: DoctorFixOptions = {}): Promise<Fix> {
  if (run instanceof FitRun) return run.fix(options);
  const asked = typeof run === "string" ? run : run.dir;
  const found = asked === undefined ? undefined : newestRun(asked, dir === undefined ? {} : { dir });
  if (found === undefined)
    throw new RangeError(`doctor.fix needs a recorded run; none is called ${JSON.stringify(asked)}`);
  const { id, name } = readRunRecord(found);
  const training = fitted(id);
  if (!training)
    throw new RangeError(
      `doctor.fix needs a training of this process, one of the last four; "${name}" (${id}) is none: train it again first, or let \`tunelab doctor ${id} --fix\` do it from the code that the run keeps`,
    );
  return training.fix(options);
}

export const doctor = Object.assign(diagnoseRuns, { fix });

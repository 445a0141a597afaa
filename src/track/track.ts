/** The public way to record a run of one's own training loop. */
import { openRun } from "./openRun.js";
import { resumeRun } from "./resumeRun.js";
import type { Run } from "./run.js";

export interface TrackOptions {
  /** What people call the run; any text. Several runs may share it. */
  readonly name?: string;
  /** Hyper-parameters and whatever else tells this run from others. */
  readonly config?: object;
  readonly tags?: readonly string[];
  readonly notes?: string;
  /** Runs of one comparison share a group. */
  readonly group?: string;
  readonly seed?: number;
  /** The folder of runs; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
  /** Go on with an ended run (folder, id or name) instead of a new one; its record is kept as it is. */
  readonly resume?: string;
}

/**
 * Opens a run: a folder under `runs/` with its record and TensorBoard event files.
 *
 * @example
 * const run = track({ name: "by-hand", config: { learningRate: 1e-3 } });
 * for (let step = 0; step < 100; step++) run.log({ "train/loss": 1 / (step + 1) }, step);
 * run.finish();
 *
 * Throws a `TypeError` for an unknown kind of option value, a `RangeError` if the run to resume is unknown.
 */
export function track(options: TrackOptions = {}): Run {
  checkTexts(options);
  if (options.resume === undefined) return openRun(options);
  return resumeRun(options.resume, options.dir === undefined ? {} : { dir: options.dir });
}

function checkTexts(options: TrackOptions): void {
  for (const name of ["name", "notes", "group", "dir", "resume"] as const) {
    const given: unknown = options[name];
    if (given !== undefined && typeof given !== "string") {
      throw new TypeError(`track: ${name} must be a text; got ${typeof given}`);
    }
  }
}

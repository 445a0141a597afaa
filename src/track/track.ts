/** The public way to record a run of one's own training loop. */
import { boardTags } from "../base/boardTags.js";
import { openRun } from "./openRun.js";
import type { ParentRun } from "./parentRun.js";
import { resumeRun } from "./resumeRun.js";
import type { Run } from "./run.js";

export interface TrackOptions {
  /** What people call the run; any text but an empty one. Several runs may share it. */
  readonly name?: string;
  /** Hyper-parameters and whatever else tells this run from others. */
  readonly config?: object;
  readonly tags?: readonly string[];
  readonly notes?: string;
  /** The run that this one is a part of, or its folder, id or name. Its folder of runs and its group are the default. */
  readonly parent?: ParentRun;
  /** Runs of one comparison share a group. */
  readonly group?: string;
  readonly seed?: number;
  /** The folder of runs; else TUNELAB_RUNS, else `runs/`. */
  readonly dir?: string;
  /**
   * Seconds between two measurements of the machine, 0.1 to 3600, or false for none. Default: TUNELAB_SYSTEM_METRICS,
   * else 5.
   */
  readonly system?: number | boolean;
  /** Whether what is printed meanwhile is kept in the run's `output.log`. Default true. */
  readonly output?: boolean;
  /**
   * In a notebook, show the run's board below what runs now and renew it in its place while the run is logged to, at most
   * four times a second; a text: only series in whose tag this regular expression is found. Default false. The last one,
   * when the run is finished, has pictures.
   */
  readonly board?: boolean | string;
  /** Go on with an ended run (folder, id or name) instead of a new one; its record is kept as it is. */
  readonly resume?: string;
}

/**
 * Opens a run: a folder under `runs/` with its record and TensorBoard event files.
 *
 * Throws a `TypeError` for an option that is unknown, of the wrong kind or of no use with `resume`, a `RangeError` if the
 * run to resume is unknown, a `SyntaxError` for a bad regular expression, what the file system says when the folder cannot be
 * made.
 *
 * @example
 * const run = track({ name: "by-hand", config: { learningRate: 1e-3 } });
 * for (let step = 0; step < 100; step++) run.log({ "train/loss": 1 / (step + 1) }, step);
 * run.finish();
 */
export function track(options: TrackOptions = {}): Run {
  checkKinds(options);
  const { resume, board, ...given } = options;
  const tags = boardTags("track: board must be a regular expression", board);
  const shown = tags !== undefined && { board: tags };
  if (resume === undefined) return openRun({ ...given, ...shown });
  const { dir, system, output, ...fresh } = given;
  const ignored = Object.entries(fresh).filter(([, value]) => value !== undefined);
  if (ignored.length > 0) {
    throw new TypeError(
      `track: a resumed run keeps its record, so resume stands alone or with dir, system, output and board; got ${ignored.map(([name]) => name).join(", ")} too`,
    );
  }
  return resumeRun(resume, {
    ...(dir !== undefined && { dir }),
    ...(system !== undefined && { system }),
    ...(output !== undefined && { output }),
    ...shown,
  });
}

/** What each option must be, in words and as a test. */
const kinds: Readonly<Record<keyof TrackOptions, readonly [string, (value: unknown) => boolean]>> = {
  name: ["a text, not an empty one", (value) => isText(value) && (value as string).trim() !== ""],
  config: ["an object", (value) => typeof value === "object" && value !== null && !Array.isArray(value)],
  tags: ["a list of texts", (value) => Array.isArray(value) && value.every(isText)],
  notes: ["a text", isText],
  group: ["a text", isText],
  parent: ["a run, or a run's folder, id or name", isRun],
  seed: ["an integer", Number.isSafeInteger],
  dir: ["a text", isText],
  system: ["seconds, true or false", (value) => typeof value === "number" || typeof value === "boolean"],
  output: ["true or false", (value) => typeof value === "boolean"],
  board: [
    "true, false or a regular expression as a text",
    (value) => typeof value === "boolean" || isText(value),
  ],
  resume: ["a text", isText],
};

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isRun(value: unknown): boolean {
  const { id, dir } = (value ?? {}) as { id?: unknown; dir?: unknown };
  return isText(value) || (isText(id) && isText(dir));
}

function checkKinds(options: TrackOptions): void {
  for (const [name, given] of Object.entries(options) as [string, unknown][]) {
    if (!Object.hasOwn(kinds, name)) {
      throw new TypeError(`track: its options are ${Object.keys(kinds).join(", ")}; got ${name}`);
    }
    const [kind, fits] = kinds[name as keyof TrackOptions];
    if (given !== undefined && !fits(given)) {
      throw new TypeError(`track: ${name} must be ${kind}; got ${JSON.stringify(given) ?? typeof given}`);
    }
  }
}

/** The options of a sweep, as a person gives them and as they are used. */
import { systemClock } from "../base/clock.js";
import type { SourceText } from "../base/host.js";
import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import type { CoordinatorOptions } from "./coordinator.js";
import type { Engine } from "./engines/engine.js";
import { positiveInteger } from "./options.js";
import { type PrunerName, prunerNamed } from "./pruners/named.js";
import type { Pruner } from "./pruners/pruner.js";
import type { Objective } from "./runObjective.js";
import { type SamplerName, samplerNamed } from "./samplers/named.js";
import type { Sampler } from "./samplers/sampler.js";
import { normalizeSpace, type SpaceForm } from "./space.js";

export interface SweepOptions {
  /**
   * A function of a trial, run in this process; or the URL or path of a module that exports one (default, or
   * `objective`), run in worker processes. Needed unless `engine` brings its own.
   */
  readonly objective?: Objective | URL | string;
  /** Maximise (minimise) what the objective returns (`true`), or a metric such as `"valAccuracy"`. One of the two. */
  readonly maximize?: string | true;
  readonly minimize?: string | true;
  /** Declares the parameters: they are all in `trial.params` from the start. */
  readonly space?: SpaceForm;
  /** How many trials in all. Without it: until the space is exhausted, `timeout` has passed or somebody interrupts. */
  readonly trials?: number;
  /** Seconds after which no new trial starts. */
  readonly timeout?: number;
  /** Default `"tpe"`. */
  readonly sampler?: SamplerName | Sampler;
  /** Default `"none"`. */
  readonly pruner?: PrunerName | Pruner;
  /** Trials at the same time. Default 1. */
  readonly parallel?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Same seed, same proposals and prunings, however fast each worker is. Default true; false takes results as they come. */
  readonly repeatable?: boolean;
  /** Starts of a trial beyond the first when its worker dies. Default 1. */
  readonly retries?: number;
  /** Names the sweep's folder. Default `"sweep"`. */
  readonly name?: string;
  /** Go on with a sweep: its name, id or folder; `true` for the newest of this name. Its recorded options hold. */
  readonly resume?: string | boolean;
  /**
   * With `resume`: take the sweep from a process of another machine that gave no sign of life for a minute. Default false:
   * whether that process is gone only a person can know. If it still lives, it ends its part when it next looks.
   */
  readonly takeOver?: boolean;
  /** Where trials run; by default this process or, for a module, worker processes of this machine. */
  readonly engine?: "local" | ((dir: string) => Engine);
  /** The source of what runs, for the sweep's record. */
  readonly sources?: readonly SourceText[];
  /** Shows a table while it runs. Default true. */
  readonly progress?: boolean;
  /**
   * The line that takes the table's place when the sweep has ended, given the sweep's folder: for whoever shows the
   * result, which has the table too. Default: the table stays.
   */
  readonly ending?: (dir: string) => string;
  /** The folder of sweeps; else TUNELAB_SWEEPS, else `sweeps/`. */
  readonly dir?: string;
}

/** Checks everything that does not need the disk. */
export function normalizeOptions(options: SweepOptions): CoordinatorOptions {
  refuseUnknown("sweep", options, known);
  const { trials, timeout, parallel = 1, seed = 0, retries = 1, name = "sweep" } = options;
  const { direction, metric } = goal(options);
  if (trials !== undefined) positiveInteger("trials", trials);
  if (timeout !== undefined && !(timeout > 0))
    throw new RangeError(`timeout needs seconds above 0; it was given ${timeout}`);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed needs an integer; it was given ${seed}`);
  if (!Number.isSafeInteger(retries) || retries < 0)
    throw new RangeError(`retries needs a whole number of 0 or more; it was given ${retries}`);
  if (typeof name !== "string" || name === "")
    throw new TypeError(`name needs a text; it was given ${String(name)}`);
  if (options.takeOver === true && (options.resume === undefined || options.resume === false))
    throw new TypeError(
      "takeOver needs resume (--take-over needs --resume): a new sweep is nobody's; it was given alone",
    );
  const { sampler = "tpe", pruner = "none" } = options;
  return {
    name,
    sampler: typeof sampler === "string" ? samplerNamed(sampler) : sampler,
    pruner: typeof pruner === "string" ? prunerNamed(pruner) : pruner,
    direction,
    metric,
    seed,
    space: options.space === undefined ? undefined : normalizeSpace(options.space),
    trials: trials ?? Number.POSITIVE_INFINITY,
    timeout: timeout ?? Number.POSITIVE_INFINITY,
    window: positiveInteger("parallel", parallel),
    repeatable: options.repeatable ?? true,
    retries,
    clock: systemClock,
  };
}

const known: OptionNames<SweepOptions> = {
  objective: true,
  maximize: true,
  minimize: true,
  space: true,
  trials: true,
  timeout: true,
  sampler: true,
  pruner: true,
  parallel: true,
  seed: true,
  repeatable: true,
  retries: true,
  name: true,
  resume: true,
  takeOver: true,
  engine: true,
  sources: true,
  progress: true,
  ending: true,
  dir: true,
};

function goal({ maximize, minimize }: SweepOptions): Pick<CoordinatorOptions, "direction" | "metric"> {
  const given = maximize ?? minimize;
  if (given === undefined)
    throw new TypeError(
      'a sweep needs maximize or minimize: add --maximize valAccuracy to the line or maximize: "valAccuracy" in code (true, or no metric, for the returned value); it was given neither',
    );
  if (maximize !== undefined && minimize !== undefined)
    throw new TypeError("a sweep needs either maximize or minimize; it was given both");
  if (given !== true && (typeof given !== "string" || given === ""))
    throw new TypeError(
      `maximize and minimize take true or the name of a metric; it was given ${String(given)}`,
    );
  return {
    direction: maximize === undefined ? "minimize" : "maximize",
    metric: given === true ? undefined : given,
  };
}

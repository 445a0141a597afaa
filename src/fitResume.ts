/** Going on with a recorded training: its run, and the newest of its checkpoints. */
import { basename } from "node:path";
import type { Histogram } from "./base/histogram.js";
import { shown } from "./base/shown.js";
import { noteBackend } from "./fitEnvironment.js";
import type { tf } from "./native/index.js";
import {
  type BesideOptions,
  newestRun,
  type Run,
  type RunData,
  readRun,
  readRunRecord,
  resumeRun,
} from "./track/index.js";
import type { CapturedStepOptions } from "./train/capturedStepOptions.js";
import type { Checkpoint } from "./train/checkpoint/checkpointFile.js";
import { checkpointFolder, newestCheckpoint } from "./train/checkpoint/checkpointFolder.js";
import { assertSameTraining, type TrainingFacts } from "./train/checkpoint/trainingFacts.js";
import type { FitPlan } from "./train/fitPlan.js";
import type { TrackerSeam } from "./train/seams.js";
import type { RunTexts } from "./train/trackOption.js";

export interface Resumption {
  readonly dir: string;
  readonly saved: Checkpoint;
}

/**
 * Finds where to go on; nothing is changed yet.
 *
 * @param facts of the training that is to go on; undefined for one that begins
 * @returns undefined for a training that begins
 * @throws RangeError if there is no such run or it has no whole checkpoint, or was another training.
 */
export function findResumption(
  { resume, track }: FitPlan,
  facts: TrainingFacts | undefined,
  tell: (sentence: string) => void,
): Resumption | undefined {
  if (resume === undefined || !facts) return undefined;
  const dir = newestRun(resume, { ...(track?.dir !== undefined && { dir: track.dir }), say: tell });
  const checkpoint = dir === undefined ? undefined : newestCheckpoint(checkpointFolder(dir), tell);
  if (dir === undefined || !checkpoint)
    throw new RangeError(
      `fit needs a run with a checkpoint to resume, as fit({ checkpoint: true }) writes them; "${resume}" has none that is whole`,
    );
  assertSameTexts(dir, track?.said ?? {});
  assertSameTraining(basename(dir), checkpoint.facts, facts);
  return { dir, saved: checkpoint };
}

/**
 * A resumed run keeps what it is called. Whoever says it again, in the cell that now resumes, says nothing new.
 *
 * @throws TypeError where they say otherwise.
 */
function assertSameTexts(dir: string, said: RunTexts): void {
  const record = readRunRecord(dir);
  for (const key of ["name", "group", "notes", "tags", "parent"] as const) {
    const asked = said[key];
    const given = typeof asked === "object" && "id" in asked ? asked.id : asked;
    if (given === undefined || JSON.stringify(given) === JSON.stringify(record[key])) continue;
    throw new TypeError(
      `fit needs track without ${key}, or the same, to resume ${basename(dir)}, which keeps its ${key} ${shown(record[key])}; it was given ${shown(given)}`,
    );
  }
}

/** What a resumed training may have otherwise, and a configuration has only where it was given. */
const onlyIfGiven = {
  without: undefined,
  rematerialize: undefined,
  capture: undefined,
} satisfies { [name in keyof CapturedStepOptions]?: undefined };

/**
 * Makes this process the run's owner. What the run holds already is not recorded again.
 *
 * @param config with which it is trained from now on, as a longer one's `epochs`; over the run's, which keeps its model's
 * name, as its series keep their layers'
 */
export function resumeTracking(
  { dir, saved }: Resumption,
  model: tf.LayersModel,
  { config, beside = {} }: { config: { readonly model?: unknown }; beside?: BesideOptions },
): { run: Run; tracker: TrackerSeam } {
  const { model: _, ...changing } = config;
  const run = resumeRun(dir, { ...beside, config: { ...onlyIfGiven, ...changing } });
  noteBackend(run, saved.state.steps);
  const names = model.layers.map(({ name }, i): [string, string] => [name, saved.layers[i] ?? name]);
  return { run, tracker: new OnlyNew(run, readRun(dir), new Map(names)) };
}

/**
 * Passes on the points that are not in the run yet: between the checkpoint and its end it had recorded more. A model
 * built again may have other names for its layers, which TensorFlow.js counts up: the run's series keep theirs.
 */
class OnlyNew implements TrackerSeam {
  readonly #run: Run;
  readonly #layers: ReadonlyMap<string, string>;
  readonly #scalars: ReadonlyMap<string, ReadonlySet<number>>;
  readonly #histograms: ReadonlyMap<string, ReadonlySet<number>>;

  constructor(
    run: Run,
    { scalars, histograms }: Pick<RunData, "scalars" | "histograms">,
    layers: ReadonlyMap<string, string>,
  ) {
    this.#run = run;
    this.#layers = layers;
    this.#scalars = new Map([...scalars].map(([tag, { steps }]) => [tag, new Set(steps)]));
    this.#histograms = new Map(
      [...histograms].map(([tag, points]) => [tag, new Set(points.map(({ step }) => step))]),
    );
  }

  log(values: Readonly<Record<string, number>>, step: number): void {
    const fresh = Object.entries(values)
      .map(([tag, value]): [string, number] => [this.#renamed(tag), value])
      .filter(([tag]) => !this.#scalars.get(tag)?.has(step));
    this.#run.log(Object.fromEntries(fresh), step);
  }

  countSamples(count: number): void {
    this.#run.countSamples(count);
  }

  histograms(all: ReadonlyMap<string, Histogram>, step: number): void {
    const fresh = [...all]
      .map(([tag, histogram]): [string, Histogram] => [this.#renamed(tag), histogram])
      .filter(([tag]) => !this.#histograms.get(tag)?.has(step));
    this.#run.histograms(new Map(fresh), step);
  }

  #renamed(tag: string): string {
    return tag
      .split("/")
      .map((part) => this.#layers.get(part) ?? part)
      .join("/");
  }
}

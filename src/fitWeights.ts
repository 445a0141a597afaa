/** The weights of a recorded training, for a model to predict with. */
import { refuseUnknown } from "./base/knownOptions.js";
import type { tf } from "./native/index.js";
import { newestRun } from "./track/index.js";
import { bestCheckpoint, checkpointFolder, newestCheckpoint } from "./train/checkpoint/checkpointFolder.js";
import { giveWeights } from "./train/checkpoint/giveWeights.js";
import { checkTrainable } from "./train/checkTrainable.js";

export interface LoadWeightsOptions {
  /** Which of the run's checkpoints: that of the best epoch (default), or the newest. */
  readonly checkpoint?: "best" | "newest";
  /** The folder of runs. Default: TUNELAB_RUNS, else `runs`. */
  readonly dir?: string;
}

/**
 * Gives a model the weights of a checkpoint that `fit({ checkpoint })` wrote: averaged ones where the optimiser averages.
 *
 * @param model built as the one that was trained; its layers may have other names
 * @param run folder, id or name (the newest so called)
 * @returns how many epochs and steps the training had taken by then
 * @throws RangeError if there is no such run, or it has no such checkpoint that is whole; TypeError for another model.
 * @example loadWeights(model, "baseline"); (await evaluate(model, mnist.test)).accuracy;
 */
export function loadWeights(
  model: tf.LayersModel,
  run: string,
  options: LoadWeightsOptions = {},
): { readonly epochs: number; readonly steps: number } {
  refuseUnknown("loadWeights", options, { checkpoint: true, dir: true });
  const { checkpoint: which = "best", dir } = options;
  if (which !== "best" && which !== "newest")
    throw new RangeError(
      `loadWeights needs checkpoint to be "best" or "newest"; it was given ${JSON.stringify(which)}`,
    );
  checkTrainable(model, "loadWeights");
  const folder = newestRun(run, dir === undefined ? {} : { dir });
  const tell = (sentence: string) => console.warn(`tunelab: ${sentence}`);
  const find = which === "best" ? bestCheckpoint : newestCheckpoint;
  const found = folder === undefined ? undefined : find(checkpointFolder(folder), tell);
  if (!found)
    throw new RangeError(
      `loadWeights needs a run with a ${which === "best" ? "checkpoint of a finished epoch" : "checkpoint"}, as fit({ checkpoint: true }) writes them; "${run}" has none that is whole`,
    );
  giveWeights(model, found.step);
  return { epochs: found.state.epochs, steps: found.state.steps };
}

/** The door to writing TensorFlow's saved models. */
import { existsSync, lstatSync } from "node:fs";
import { join, resolve } from "node:path";
import { inspect } from "node:util";
import { refuseUnknown } from "../base/knownOptions.js";
import type { tf } from "./backend.js";
import { needTensorflow } from "./core.js";
import { exportedBatches } from "./export/exportedBatches.js";
import { exportModel } from "./export/exportModel.js";
import { refuseModel } from "./export/refuseModel.js";
import { writeSavedModel } from "./export/writeSavedModel.js";

export interface SaveSavedModelOptions {
  /** The only number of rows that the saved model takes, at least 1. Default: any. */
  readonly batchSize?: number;
  /** Whether to replace a saved model that is there. Default false. */
  readonly overwrite?: boolean;
}

const optionNames = { batchSize: true, overwrite: true } as const;

/**
 * Writes what a model predicts as a TensorFlow SavedModel: a folder with `saved_model.pb` and `variables`, which Python's
 * `tf.saved_model.load`, TensorFlow Serving and `loadSavedModel` read. It has one signature, `serving_default`, whose
 * inputs and outputs have the names and types of the model's; batches may have any number of rows. The layers are as in
 * `predict`: dropout off, batch norm by its averages. What trains it is not in it: for that, `model.save` keeps the layers.
 *
 * The folder takes its name when all is written. Folders above it are made.
 *
 * @returns the folder's whole path.
 * @throws TypeError for what is no layers model, or not built yet; RangeError where the folder is there already, for a
 *   free size besides the batch's, and for stateful layers; CaptureError, naming op and line, for what a graph cannot do,
 *   or not for batches of any size.
 * @example
 * await saveSavedModel(model, "exported/1");
 * const saved = await loadSavedModel("exported/1");
 */
export async function saveSavedModel(
  model: tf.LayersModel,
  folder: string,
  options: SaveSavedModelOptions = {},
): Promise<string> {
  refuseUnknown("saveSavedModel", options, optionNames);
  needTensorflow("exporting a model as a saved model");
  refuseModel(model);
  // A sequential model makes its graph of layers when it is first used.
  if (!model.built) model.build(model.inputs.map(({ shape }) => shape));
  const { batchSize, overwrite = false } = options;
  refuseFolder(folder, overwrite);
  return writeSavedModel(folder, exportModel(model, exportedBatches(model, batchSize)), { overwrite });
}

/** What is no saved model is never replaced: a slip of the pen would cost a person's files. */
function refuseFolder(folder: unknown, overwrite: boolean): void {
  if (typeof folder !== "string" || folder === "")
    throw new TypeError(`exporting a model needs a folder to write, but was given ${inspect(folder)}`);
  if (!lstatSync(folder, { throwIfNoEntry: false })) return;
  const needs = "exporting a model needs a folder that is not there";
  if (!overwrite) throw new RangeError(`${needs}, or overwrite: true, but ${resolve(folder)} is there`);
  if (!existsSync(join(folder, "saved_model.pb")))
    throw new RangeError(
      `${needs}, or a saved model to overwrite, but ${resolve(folder)} is there and is none`,
    );
}

/** The door to TensorFlow's saved models. */
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { inspect } from "node:util";
import { isFolder } from "../base/isFolder.js";
import { needTensorflow } from "./core.js";
import { dtypeName } from "./dtypes.js";
import { SavedModel } from "./savedModel.js";
import { openSession } from "./savedSession.js";
import { graphOf, type SavedSignature, savedGraphs, signatureOf } from "./savedSignature.js";
import { savedType } from "./savedTypes.js";

const fileName = "saved_model.pb";

/**
 * Loads a TensorFlow SavedModel: a folder with `saved_model.pb` and `variables`, as Python's `tf.saved_model.save` and
 * Keras's `model.export` write it. As `tf.node.loadSavedModel`, but that inputs and outputs have the signature's names.
 *
 * Loaded more than once, as for several signatures, a folder is in memory once; what a signature changes in the model's
 * variables, the others see. Loading trusts the folder: a saved model is a program.
 *
 * @param tags of the graph to load, exactly; default `["serve"]`.
 * @param signature default `serving_default`.
 * @throws RangeError that names what is there, where the folder has no saved model, no graph of these tags, or no such
 *   signature; TypeError for a signature with types that TensorFlow.js has nothing for; TensorFlowError for what
 *   TensorFlow refuses.
 * @example
 * const model = await loadSavedModel("exported/classifier");
 * console.log(model.inputs, model.outputs);
 * const { label } = model.predict({ colour: tf.tensor2d([[1, 0, 0]]) });
 * model.dispose();
 */
export async function loadSavedModel(
  folder: string,
  tags: readonly string[] = ["serve"],
  signature = "serving_default",
): Promise<SavedModel> {
  checkArguments(folder, tags, signature);
  needTensorflow("loading a saved model");
  const file = join(folder, fileName);
  if (!existsSync(file)) throw new RangeError(noModel(folder));
  const graphs = savedGraphs(await readFile(file));
  if (graphs.length === 0)
    throw new RangeError(`loading a saved model needs a graph, but ${resolve(file)} holds none`);
  const graph = graphOf(graphs, tags);
  const found = signatureOf(graph, signature);
  refuseTypes(found);
  return new SavedModel(openSession(folder, tags), { graph, signature: found });
}

function checkArguments(folder: unknown, tags: unknown, signature: unknown): void {
  const needs = "loading a saved model needs";
  if (typeof folder !== "string" || folder === "")
    throw new TypeError(`${needs} its folder, but was given ${inspect(folder)}`);
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === "string"))
    throw new TypeError(`${needs} tags in a list, such as ["serve"], but was given ${inspect(tags)}`);
  if (typeof signature !== "string")
    throw new TypeError(`${needs} a signature's name, but was given ${inspect(signature)}`);
}

/** Where the folder is not, but near: models for serving lie one level further down, in folders named by version. */
function noModel(folder: string): string {
  const near = isFolder(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [dirname(folder)];
  const right = near.find((path) => existsSync(join(path, fileName)));
  const hint = right ? `; ${resolve(right)} has one` : "";
  return `loading a saved model needs a folder with ${fileName}, but ${resolve(folder)} has none${hint}`;
}

function refuseTypes({ name, inputs, outputs }: SavedSignature): void {
  for (const tensor of [...inputs, ...outputs]) {
    const type = tensor.graphName === "" ? "made of several tensors" : dtypeName(tensor.dtype);
    if (tensor.graphName === "" || !savedType(tensor.dtype))
      throw new TypeError(
        `loading a saved model needs tensors of types that TensorFlow.js has, but ${tensor.name} of ${name} is ${type}`,
      );
  }
}

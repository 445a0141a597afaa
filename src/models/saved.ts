/** A model in a folder, in TensorFlow.js' own layout: `model.json` and the weights file that it names. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeFileAtomic } from "../base/atomicFile.js";
import { sizeOfShape } from "../base/sizeOfShape.js";
import { tf } from "../native/index.js";
import { assertLoadable } from "./loadableClasses.js";
import { missingModel, missingWeights } from "./missingModel.js";

/** `model.json` as TensorFlow.js writes it (tfjs-core, `io/types.d.ts`, ModelJSON). */
interface ModelJson {
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
  format?: string;
  generatedBy?: string;
  convertedBy?: string | null;
}

/**
 * Saves a model's layers and weights. A model already in the folder is replaced in one moment: the weights
 * get a name of their own (their hash), and `model.json`, written last, says which belong to it.
 *
 * @param folder a path or file:// URL; made if absent.
 * @returns the path of `model.json`.
 * @throws TypeError unless the folder is a text or a URL, if two weights have one name, or if a layer's class has no
 *   `className` by which it could be loaded; nothing was written then.
 * @example await models.save(model, "models/best"); const again = await models.load("models/best");
 */
export async function save(model: tf.LayersModel, folder: string | URL): Promise<string> {
  const place = folderPath(folder, "saving");
  assertNamesDiffer(model);
  assertLoadable(model);
  await mkdir(place, { recursive: true });
  const file = join(place, "model.json");
  await model.save({
    save: async (artifacts) => {
      const bytes = Buffer.from(
        tf.io.concatenateArrayBuffers([artifacts.weightData ?? new ArrayBuffer(0)].flat()),
      );
      const weightsName = `weights-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.bin`;
      const json: ModelJson = {
        modelTopology: artifacts.modelTopology as object,
        weightsManifest: [{ paths: [weightsName], weights: artifacts.weightSpecs ?? [] }],
        ...(artifacts.format ? { format: artifacts.format } : {}),
        ...(artifacts.generatedBy ? { generatedBy: artifacts.generatedBy } : {}),
        convertedBy: null,
      };
      writeFileAtomic(join(place, weightsName), bytes);
      writeFileAtomic(file, JSON.stringify(json));
      await removeOldWeights(place, weightsName);
      return {
        modelArtifactsInfo: {
          dateSaved: new Date(),
          modelTopologyType: "JSON",
          weightDataBytes: bytes.length,
        },
      };
    },
  });
  return file;
}

/**
 * Loads a model that `save` or TensorFlow.js wrote. Its predictions equal those of the model saved.
 *
 * @param folder a path or file:// URL of the folder, or of its `model.json`.
 * @throws TypeError unless the folder is a text or a URL.
 * @throws SyntaxError if `model.json` is none, or the weights file has another length than it says.
 * @throws Error, its code ENOENT, if a file is missing: it names the nearest folder that holds a model.
 */
export async function load(folder: string | URL): Promise<tf.LayersModel> {
  const place = folderPath(folder, "loading").replace(/[\\/]model\.json$/, "");
  const file = join(place, "model.json");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw isMissing(error) ? missingModel(place) : error;
  });
  const json = parseModelJson(text, file);
  const weightSpecs = json.weightsManifest.flatMap((group) => group.weights);
  const parts = json.weightsManifest
    .flatMap((group) => group.paths)
    .map((path) =>
      readFile(join(place, path)).catch((error: unknown) => {
        throw isMissing(error) ? missingWeights(place, path) : error;
      }),
    );
  const bytes = Buffer.concat(await Promise.all(parts));
  const expected = weightSpecs.reduce((total, spec) => total + weightBytes(spec), 0);
  if (bytes.length !== expected)
    throw new SyntaxError(`Loading ${file} needs ${expected} bytes of weights; there are ${bytes.length}`);
  const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  return tf.loadLayersModel({
    load: async () => ({ modelTopology: json.modelTopology, weightSpecs, weightData }),
  });
}

/** No such file, or a file where a folder should be. */
function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
}

function parseModelJson(text: string, file: string): ModelJson {
  let json: Partial<ModelJson>;
  try {
    json = JSON.parse(text) as Partial<ModelJson>;
  } catch (error) {
    throw new SyntaxError(`Loading ${file} needs JSON: ${(error as Error).message}`);
  }
  if (!json.modelTopology || !Array.isArray(json.weightsManifest))
    throw new SyntaxError(
      `Loading ${file} needs modelTopology and weightsManifest in it; it holds ${Object.keys(json).join(", ")}`,
    );
  return json as ModelJson;
}

function weightBytes(spec: tf.io.WeightsManifestEntry): number {
  const size = sizeOfShape(spec.shape);
  const stored = spec.quantization?.dtype ?? spec.dtype;
  return size * ({ uint8: 1, bool: 1, uint16: 2, float16: 2, complex64: 8 }[stored as string] ?? 4);
}

/** Loading finds weights by their names. Those of layers that a layer builds itself have the names of its own. */
function assertNamesDiffer({ weights }: tf.LayersModel): void {
  const names = weights.map(({ originalName }) => originalName);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new TypeError(
    `saving a model needs weights with names of their own; two are called "${twice}": name layers of different models apart, and let a layer that holds others call their apply in its build, not their build`,
  );
}

async function removeOldWeights(place: string, current: string): Promise<void> {
  const old = (await readdir(place)).filter(
    (name) => /^weights-[0-9a-f]{16}\.bin$/.test(name) && name !== current,
  );
  await Promise.all(old.map((name) => rm(join(place, name), { force: true })));
}

/** Any other value would become a name, such as `undefined`. A URL may come from another context: its href tells it. */
function folderPath(folder: string | URL, doing: string): string {
  const text = typeof folder === "string" ? folder : (folder as URL | undefined | null)?.href;
  if (typeof text !== "string" || text === "")
    throw new TypeError(
      `${doing} a model needs a folder such as "models/best", or its URL; it was given ${JSON.stringify(folder) ?? String(folder)}`,
    );
  return text.startsWith("file:") ? fileURLToPath(text) : text;
}

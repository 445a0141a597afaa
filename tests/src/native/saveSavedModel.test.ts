import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { loadSavedModel, saveSavedModel, tf } from "../../../src/native/index.js";
import { batchFor, modelsToExport, modelToExport, predicted } from "./export/modelsToExport.js";

/** What read_saved_model.py tells of a folder. */
interface Read {
  readonly variables: [name: string, shape: number[], trainable: boolean][];
  readonly inputs: Record<string, [dtype: string, shape: (number | null)[]]>;
  readonly outputs: Record<string, [dtype: string, shape: (number | null)[]]>;
  readonly answers: Record<string, { shape: number[]; values: number[] }>[];
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const python = join(root, ".venv/bin/python");
const names = Object.keys(modelsToExport) as (keyof typeof modelsToExport)[];
/** None of them is a size that an export is traced for. */
const sizes = [1, 7, 32];

const scratch = mkdtempSync(join(tmpdir(), "tunelab-export-"));
afterAll(() => rmSync(scratch, { recursive: true }));
const folderOf = (name: string) => join(scratch, name);

beforeEach(() => void tf.engine().startScope());
afterEach(() => tf.engine().endScope());

/** A batch as read_saved_model.py takes it. */
function stored(model: tf.LayersModel, rows: number): object {
  const entries = batchFor(model, rows).map((tensor, i) => {
    return [model.inputNames[i], { shape: tensor.shape, values: Array.from(tensor.dataSync()) }];
  });
  return Object.fromEntries(entries);
}

function readByPython(folders: readonly string[]): Record<string, Read> {
  const script = join(root, "tests/oracles/native/read_saved_model.py");
  const stdio = ["ignore", "pipe", "ignore"] as const;
  return JSON.parse(execFileSync(python, [script, ...folders], { encoding: "utf8", stdio: [...stdio] }));
}

function expectClose(actual: ArrayLike<number>, wanted: tf.Tensor): void {
  const values = wanted.dataSync();
  expect(actual.length).toBe(values.length);
  const worst = Array.from(values, (value, i) => Math.abs(value - (actual[i] as number)));
  expect(Math.max(...worst)).toBeLessThanOrEqual(1e-6);
}

/** Where the environment is not there, such as beside another library. */
const hasPython = existsSync(python) || process.env.CI !== undefined;

describe("a model that was saved", () => {
  const models = new Map<string, tf.LayersModel>();
  let read: Record<string, Read>;
  beforeAll(async () => {
    for (const name of names) {
      const model = modelToExport(name);
      models.set(name, model);
      expect(await saveSavedModel(model, folderOf(name))).toBe(folderOf(name));
      writeFileSync(`${folderOf(name)}.json`, JSON.stringify(sizes.map((rows) => stored(model, rows))));
    }
    if (hasPython) read = readByPython(names.map(folderOf));
  }, 300_000);
  afterAll(() => {
    for (const model of models.values()) model.dispose();
  });
  const modelOf = (name: string) => models.get(name) as tf.LayersModel;

  it.each(names)("predicts here what it predicted, for batches of any size: %s", async (name) => {
    const model = modelOf(name);
    const saved = await loadSavedModel(folderOf(name));
    for (const rows of sizes) {
      const batch = batchFor(model, rows);
      const given = Object.fromEntries(model.inputNames.map((input, i) => [input, batch[i] as tf.Tensor]));
      const made = saved.predict(given);
      for (const [output, wanted] of Object.entries(predicted(model, batch))) {
        expect(made[output]?.shape).toEqual(wanted.shape);
        expectClose(made[output]?.dataSync() ?? [], wanted);
      }
    }
    saved.dispose();
  });

  describe.skipIf(!hasPython)("is read by TensorFlow in Python", () => {
    const readOf = (name: string) => read[folderOf(name)] as Read;

    it.each(names)("which computes the same: %s", (name) => {
      const model = modelOf(name);
      sizes.forEach((rows, i) => {
        for (const [output, wanted] of Object.entries(predicted(model, batchFor(model, rows)))) {
          const answer = readOf(name).answers[i]?.[output];
          expect(answer?.shape).toEqual(wanted.shape);
          expectClose(answer?.values ?? [], wanted);
        }
      });
    });

    it.each(names)("with the names, types and shapes of its ends: %s", (name) => {
      const model = modelOf(name);
      const shapes = (tensors: tf.SymbolicTensor[], ends: string[]) =>
        Object.fromEntries(tensors.map(({ dtype, shape }, i) => [ends[i], [dtype, shape]]));
      expect(readOf(name).inputs).toEqual(shapes(model.inputs, model.inputNames));
      expect(readOf(name).outputs).toEqual(shapes(model.outputs, model.outputNames));
    });

    it.each(names)("with its variables: %s", (name) => {
      const weights = modelOf(name).weights as unknown as {
        originalName: string;
        shape: number[];
        trainable: boolean;
      }[];
      expect(readOf(name).variables).toEqual(
        weights.map(({ originalName, shape, trainable }) => [originalName, shape, trainable]),
      );
    });
  });
});

it("keeps nothing in memory", async () => {
  const model = modelToExport("cnn");
  await saveSavedModel(model, folderOf("memory"), { overwrite: true });
  const before = [tf.memory().numTensors, binding.getNumOfTensors()];
  await saveSavedModel(model, folderOf("memory"), { overwrite: true });
  await expect(saveSavedModel(model, folderOf("memory"))).rejects.toThrow(RangeError);
  expect([tf.memory().numTensors, binding.getNumOfTensors()]).toEqual(before);
});

it("writes the weights as they are when it is called", async () => {
  const model = modelToExport("mlp");
  const batch = batchFor(model, 4);
  const wanted = predicted(model, batch);
  const saving = saveSavedModel(model, folderOf("changed"));
  model.setWeights(model.getWeights().map((weight) => tf.zerosLike(weight)));
  await saving;
  const saved = await loadSavedModel(folderOf("changed"));
  expectClose((saved.predict(batch[0] as tf.Tensor) as tf.Tensor).dataSync(), wanted.classes as tf.Tensor);
  saved.dispose();
});

it("replaces a saved model only where it is told to, and nothing else", async () => {
  const folder = folderOf("1/house");
  await saveSavedModel(modelToExport("mlp"), folder);
  await expect(saveSavedModel(modelToExport("house"), folder)).rejects.toThrow(
    new RangeError(
      `exporting a model needs a folder that is not there, or overwrite: true, but ${folder} is there`,
    ),
  );
  await saveSavedModel(modelToExport("house"), folder, { overwrite: true });
  const saved = await loadSavedModel(folder);
  expect(saved.outputs.map(({ name }) => name)).toEqual(["class.of", "price"]);
  saved.dispose();
  mkdirSync(folderOf("notes"));
  await expect(saveSavedModel(modelToExport("mlp"), folderOf("notes"), { overwrite: true })).rejects.toThrow(
    /is there and is none$/,
  );
  expect(readdirSync(folderOf("1"))).toEqual(["house"]);
});

it("takes one size of batches where it is told to, or where the model has one", async () => {
  const model = modelToExport("mlp");
  await saveSavedModel(model, folderOf("four"), { batchSize: 4 });
  const four = await loadSavedModel(folderOf("four"));
  expect(four.inputs[0]?.shape).toEqual([4, 4]);
  const [batch] = batchFor(model, 4) as [tf.Tensor];
  expectClose((four.predict(batch) as tf.Tensor).dataSync(), predicted(model, [batch]).classes as tf.Tensor);
  four.dispose();
  const fixed = tf.sequential({ layers: [tf.layers.dense({ units: 1, batchInputShape: [2, 3] })] });
  await saveSavedModel(fixed, folderOf("two"));
  const two = await loadSavedModel(folderOf("two"));
  expect([two.inputs[0]?.shape, two.outputs[0]?.shape]).toEqual([
    [2, 3],
    [2, 1],
  ]);
  two.dispose();
  await expect(saveSavedModel(fixed, folderOf("three"), { batchSize: 3 })).rejects.toThrow(
    new RangeError("exporting a model of batches of 2 needs that batchSize, but was given 3"),
  );
});

it("tells what it needs", async () => {
  const model = modelToExport("mlp");
  const refused = async (values: unknown[], error: Error) => {
    const [given, folder, options] = values as Parameters<typeof saveSavedModel>;
    await expect(saveSavedModel(given, folder, options)).rejects.toThrow(error);
  };
  const to = folderOf("refused");
  await refused(
    [model, to, { overwrit: true }],
    new RangeError(
      'saveSavedModel needs options it knows; it was given "overwrit", the nearest is "overwrite"',
    ),
  );
  await refused([model, ""], new TypeError("exporting a model needs a folder to write, but was given ''"));
  await refused(
    [model, to, { batchSize: 0 }],
    new RangeError("exporting a model needs a batchSize of at least 1, but was given 0"),
  );
  await refused(
    [null, to],
    new TypeError("exporting a model needs a layers model, such as tf.sequential's, but was given null"),
  );
  const unbuilt = tf.sequential({ name: "unbuilt" });
  await refused(
    [unbuilt, to],
    new TypeError(
      "exporting a model needs one that is built, but unbuilt is not: give its first layer an inputShape",
    ),
  );
  const free = tf.sequential({
    layers: [tf.layers.conv2d({ filters: 1, kernelSize: 1, inputShape: [null, 8, 1], name: "free" })],
  });
  await refused(
    [free, to],
    new RangeError(
      "exporting a model needs all sizes of its inputs but the batch's, but free_input has [any,any,8,1]",
    ),
  );
  const state = tf.sequential({
    layers: [tf.layers.lstm({ units: 1, batchInputShape: [2, 3, 1], stateful: true, name: "memory" })],
  });
  await refused(
    [state, to],
    new RangeError(
      "exporting a model needs layers without state, but memory is stateful: a saved model would begin anew at each call",
    ),
  );
  const memory = (name: string) => tf.layers.lstm({ units: 1, stateful: true, name });
  const batchInputShape = [2, 4, 3, 1];
  const within = tf.sequential({
    layers: [tf.layers.timeDistributed({ layer: memory("inner"), batchInputShape, name: "each" })],
  });
  const deep = tf.sequential({ layers: [within, tf.layers.flatten()] });
  for (const model of [within, deep])
    await refused(
      [model, to],
      new RangeError(
        "exporting a model needs layers without state, but inner is stateful: a saved model would begin anew at each call",
      ),
    );
  expect(existsSync(to)).toBe(false);
});

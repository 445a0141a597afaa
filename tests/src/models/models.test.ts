import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cnn, load, mlp, save } from "../../../src/models/index.js";
import { modelSummary } from "../../../src/models/summary.js";
import { tf } from "../../../src/native/index.js";

const names = (model: tf.LayersModel) => model.layers.map((layer) => layer.name);
const weights = (model: tf.LayersModel) => model.getWeights().map((weight) => Array.from(weight.dataSync()));

describe("mlp", () => {
  it("names its layers by depth", () => {
    expect(names(mlp({ inputShape: [28, 28, 1], hidden: [8, 4], classes: 10 }))).toEqual([
      "input",
      "flatten",
      "hidden_1",
      "hidden_2",
      "output",
    ]);
    expect(names(mlp({ inputShape: [3], hidden: [8], classes: 2, dropout: 0.5, batchNorm: true }))).toEqual([
      "input",
      "hidden_1",
      "hidden_1_norm",
      "hidden_1_activation",
      "hidden_1_dropout",
      "output",
    ]);
  });

  it("has its parameters: 784·256 + 256 + 256·10 + 10", () => {
    expect(mlp({ inputShape: [28, 28, 1], hidden: [256], classes: 10 }).countParams()).toBe(203_530);
  });

  it("starts from its seed", () => {
    const make = (seed: number) => weights(mlp({ inputShape: [5], hidden: [4, 4], classes: 3, seed }));
    expect(make(1)).toEqual(make(1));
    expect(make(1)).not.toEqual(make(2));
    const [first, , second] = weights(mlp({ inputShape: [4], hidden: [4, 4], classes: 4 }));
    expect(first).not.toEqual(second);
  });

  it("answers with probabilities, or with values", () => {
    const x = tf.randomNormal([6, 5], 0, 1, "float32", 1);
    const sums = (mlp({ inputShape: [5], hidden: [4], classes: 3 }).predict(x) as tf.Tensor)
      .sum(-1)
      .dataSync();
    for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
    const values = mlp({ inputShape: [5], hidden: [], outputs: 2 });
    expect(values.outputs[0]?.shape).toEqual([null, 2]);
    expect(modelSummary(values).layers.at(-1)?.activation).toBe("linear");
  });

  it("scales its initial weights for its activation", () => {
    const deviation = (activation: "relu" | "tanh" | "selu") => {
      const kernel = weights(mlp({ inputShape: [400], hidden: [300], classes: 2, activation }))[0] ?? [];
      return Math.sqrt(kernel.reduce((sum, w) => sum + w * w, 0) / kernel.length);
    };
    expect(deviation("relu")).toBeCloseTo(Math.sqrt(2 / 400), 2);
    expect(deviation("tanh")).toBeCloseTo(Math.sqrt(2 / 700), 2);
    expect(deviation("selu")).toBeCloseTo(Math.sqrt(1 / 400), 2);
  });

  it("adds L2 of all kernels to the loss", () => {
    const model = mlp({ inputShape: [3], hidden: [2], classes: 2, l2: 0.1 });
    const [hidden = [], , output = []] = weights(model);
    const expected = 0.1 * [...hidden, ...output].reduce((sum, w) => sum + w * w, 0);
    const total = model.calculateLosses().reduce((sum, loss) => sum + (loss.dataSync()[0] as number), 0);
    expect(total).toBeCloseTo(expected, 5);
  });

  it.each([
    [{ hidden: [0] }, "models.mlp needs hidden to be a list of whole numbers ≥ 1; it was given [0]"],
    [{ dropout: 1 }, "models.mlp needs a dropout of at least 0 and below 1; it was given 1"],
    [{ l2: -1 }, "models.mlp needs an l2 of at least 0; it was given -1"],
    [{ weightDecay: 0.1 }, "an L2 penalty in the loss is l2 here; weight decay is adamw({ weightDecay })"],
    [{ droput: 0.1 }, 'it was given "droput", the nearest is "dropout"'],
    [{ filters: [3] }, 'it was given "filters"'],
    [{ classes: 1 }, "models.mlp needs at least 2 classes; it was given 1"],
    [{ outputs: 2 }, "models.mlp needs either classes or outputs; it was given both"],
    [
      { initializer: "he" },
      'one of the names glorotNormal, glorotUniform, heNormal, heUniform, lecunNormal, lecunUniform, orthogonal; it was given "he"',
    ],
  ])("refuses %j", (wrong, message) => {
    const options = { inputShape: [4], hidden: [3], classes: 2, ...wrong } as Parameters<typeof mlp>[0];
    expect(() => mlp(options)).toThrow(RangeError);
    expect(() => mlp(options)).toThrow(message);
  });
});

describe("cnn", () => {
  it("names its layers by depth and keeps or shrinks the image", () => {
    const same = cnn({ inputShape: [28, 28, 1], filters: [4, 8], classes: 10, hidden: [16] });
    expect(names(same)).toEqual([
      "input",
      "conv_1",
      "pool_1",
      "conv_2",
      "pool_2",
      "flatten",
      "hidden_1",
      "output",
    ]);
    expect(same.layers[5]?.outputShape).toEqual([null, 7 * 7 * 8]);
    const valid = cnn({ inputShape: [28, 28, 1], filters: [32, 64], classes: 10, padding: "valid" });
    // The well-known one: 28 → 26 → 13 → 11 → 5.
    expect(valid.layers.at(-2)?.outputShape).toEqual([null, 5 * 5 * 64]);
    expect(valid.countParams()).toBe(320 + 18_496 + 16_010);
  });

  it("refuses options it does not know, also the old name of l2", () => {
    const options = { inputShape: [8, 8, 1], classes: 2 };
    expect(() => cnn({ ...options, kernel: 3 } as never)).toThrow('the nearest is "kernelSize"');
    expect(() => cnn({ ...options, weightDecay: 0.1 } as never)).toThrow("adamw({ weightDecay })");
  });

  it("refuses an image that its poolings leave no pixel of", () => {
    expect(() => cnn({ inputShape: [4, 4, 1], filters: [2, 2, 2], classes: 2 })).toThrow(
      "models.cnn needs at least one pixel after its 3 convolutions and poolings; an image of 4 × 4 leaves none",
    );
    expect(() => cnn({ inputShape: [16], classes: 2 })).toThrow(
      "[height, width, channels]; it was given [16]",
    );
  });
});

describe("save and load", () => {
  const x = tf.randomNormal([3, 8, 8, 1], 0, 1, "float32", 4);
  const predict = (model: tf.LayersModel) => Array.from((model.predict(x) as tf.Tensor).dataSync());
  const folder = () => mkdtempSync(join(tmpdir(), "tunelab-model-"));

  it("gives back the same predictions, by path, URL and model.json", async () => {
    const model = cnn({ inputShape: [8, 8, 1], filters: [3], classes: 4, batchNorm: true, dropout: 0.2 });
    const place = join(folder(), "deep", "model");
    const file = await save(model, pathToFileURL(place));
    for (const from of [place, pathToFileURL(place), file])
      expect(predict(await load(from))).toEqual(predict(model));
    expect(names(await load(place))).toEqual(names(model));
  });

  it("is read by TensorFlow.js itself", async () => {
    const model = mlp({ inputShape: [8, 8, 1], hidden: [5], classes: 3 });
    const file = await save(model, folder());
    expect(predict(await tf.loadLayersModel(pathToFileURL(file).href))).toEqual(predict(model));
  });

  it("replaces a model and leaves no old weights", async () => {
    const place = folder();
    await save(mlp({ inputShape: [8, 8, 1], hidden: [5], classes: 3 }), place);
    const second = mlp({ inputShape: [8, 8, 1], hidden: [7], classes: 3, seed: 1 });
    await save(second, place);
    expect(predict(await load(place))).toEqual(predict(second));
    expect(readdirSync(place).filter((name) => name.endsWith(".bin"))).toHaveLength(1);
  });

  it.each([
    [undefined, "undefined"],
    [null, "null"],
    ["", '""'],
    [3, "3"],
  ])("refuses %j as a folder, and writes nothing", async (given, told) => {
    const message = (doing: string) =>
      new TypeError(
        `${doing} a model needs a folder such as "models/best", or its URL; it was given ${told}`,
      );
    const model = mlp({ inputShape: [2], hidden: [], classes: 2 });
    await expect(save(model, given as never)).rejects.toThrow(message("saving"));
    await expect(load(given as never)).rejects.toThrow(message("loading"));
    expect(existsSync(String(given))).toBe(false);
  });

  it("refuses weights that loading could not tell apart, and writes nothing", async () => {
    /** Builds in the way that gives both kernels one name. */
    class Pair extends tf.layers.Layer {
      static readonly className = "Pair";
      readonly #two = [tf.layers.dense({ units: 2 }), tf.layers.dense({ units: 2 })];
      override build(shape: tf.Shape | tf.Shape[]): void {
        for (const layer of this.#two) layer.build(shape);
        this.trainableWeights = this.#two.flatMap((layer) => layer.trainableWeights);
        this.built = true;
      }
    }
    const place = join(folder(), "pair");
    const pair = tf.sequential({ layers: [new Pair({ name: "pair", inputShape: [2] })] });
    await expect(save(pair, place)).rejects.toThrow(
      /^saving a model needs .* two are called "pair\/kernel": name layers/,
    );
    expect(existsSync(place)).toBe(false);
  });

  it("refuses a broken folder, saying what is missing", async () => {
    const place = folder();
    const file = await save(mlp({ inputShape: [8, 8, 1], hidden: [5], classes: 3 }), place);
    const weightsFile = join(place, readdirSync(place).find((name) => name.endsWith(".bin")) ?? "");
    const size = readFileSync(weightsFile).length;
    truncateSync(weightsFile, size - 4);
    await expect(load(place)).rejects.toThrow(
      new SyntaxError(`Loading ${file} needs ${size} bytes of weights; there are ${size - 4}`),
    );
    writeFileSync(file, "{");
    await expect(load(place)).rejects.toThrow(SyntaxError);
    writeFileSync(file, '{"a":1}');
    await expect(load(place)).rejects.toThrow("needs modelTopology and weightsManifest in it; it holds a");
  });
});

describe("load, where there is no model, says what it needs and what is near", () => {
  const needs = "loading a model needs a folder that models.save wrote, with a model.json; ";
  const root = mkdtempSync(join(tmpdir(), "tunelab-models-"));
  const at = (name: string) => join(root, name);
  beforeAll(async () => {
    for (const name of ["best", "small"])
      await save(mlp({ inputShape: [2], hidden: [2], classes: 2 }), at(name));
    mkdirSync(join(root, "best", "empty"));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it.each([
    ["a misspelt folder", at("bets"), `there is no "${at("bets")}". Did you mean "${at("best")}"?`],
    ["another name", at("digits"), `there is no "${at("digits")}", but in "${at("best")}", "${at("small")}"`],
    ["the folder above", root, `there is none in "${root}", but in "${at("best")}", "${at("small")}"`],
    ["an empty one", at("best/empty"), `there is none in "${at("best/empty")}"`],
    ["a folder of nothing", at("no/where"), `there is no "${at("no/where")}"`],
    ["a file", at("best/model.jsn"), `there is no "${at("best/model.jsn")}"`],
  ])("%s", async (_what, folder, given) => {
    await expect(load(folder)).rejects.toThrow(new Error(needs + given));
    await expect(load(folder)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("missing weights", async () => {
    const [weightsFile = ""] = readdirSync(at("small")).filter((name) => name.endsWith(".bin"));
    rmSync(join(at("small"), weightsFile));
    await expect(load(at("small"))).rejects.toThrow(
      `loading "${at("small")}" needs the weights file that its model.json names; there is no "${weightsFile}" in it`,
    );
  });
});

it("summarises layers in order of depth", () => {
  const summary = modelSummary(mlp({ inputShape: [4], hidden: [3], classes: 2, activation: "sigmoid" }));
  expect(summary.parameters).toBe(4 * 3 + 3 + 3 * 2 + 2);
  expect(summary.layers[1]).toEqual({
    name: "hidden_1",
    kind: "Dense",
    activation: "sigmoid",
    initializer: "glorotUniform",
    units: 3,
    trainable: true,
    parameters: 15,
    weights: ["hidden_1/kernel", "hidden_1/bias"],
  });
});

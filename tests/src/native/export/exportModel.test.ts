import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CaptureError, loadSavedModel, saveSavedModel, tf } from "../../../../src/native/index.js";
import { temporaryFolder } from "../../track/temporaryFolder.js";
import { batchFor, predicted } from "./modelsToExport.js";

beforeEach(() => void tf.engine().startScope());
afterEach(() => tf.engine().endScope());

type Compute = (x: tf.Tensor2D) => tf.Tensor;

/** A layer that computes what is asked for, for inputs of four numbers. */
class Custom extends tf.layers.Layer {
  static className = "TestCustom";
  readonly #compute: Compute;

  constructor(compute: Compute) {
    super({});
    this.#compute = compute;
  }

  override computeOutputShape([rows]: tf.Shape): tf.Shape {
    return [rows as number, 4];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.#compute((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor2D);
  }
}

function of(shape: number[], ...layers: tf.layers.Layer[]): tf.LayersModel {
  const input = tf.input({ shape });
  const outputs = layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
  return tf.model({ inputs: input, outputs });
}

const modelOf = (layer: tf.layers.Layer) => of([4], layer);

async function expectSame(model: tf.LayersModel): Promise<void> {
  const saved = await loadSavedModel(await saveSavedModel(model, join(temporaryFolder(), "model")));
  for (const rows of [1, 7]) {
    const batch = batchFor(model, rows);
    const made = saved.predict(batch);
    const wanted = Object.entries(predicted(model, batch)).sort(([a], [b]) => (a < b ? -1 : 1));
    wanted.forEach(([, tensor], i) => {
      expect(made[i]?.shape).toEqual(tensor.shape);
      const difference = tf.max(tf.abs(tf.sub(made[i] as tf.Tensor, tensor))).dataSync()[0];
      expect(difference).toBeLessThanOrEqual(1e-6);
    });
  }
  saved.dispose();
}

const { layers } = tf;

const kinds: Record<string, () => tf.LayersModel> = {
  conv1d: () => of([8, 3], layers.conv1d({ filters: 2, kernelSize: 3 })),
  conv3d: () => of([4, 4, 4, 2], layers.conv3d({ filters: 2, kernelSize: 2 })),
  conv2dTranspose: () => of([4, 4, 2], layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2 })),
  conv3dTranspose: () => of([3, 3, 3, 2], layers.conv3dTranspose({ filters: 2, kernelSize: 2 })),
  separableConv2d: () => of([6, 6, 2], layers.separableConv2d({ filters: 3, kernelSize: 3 })),
  depthwiseConv2d: () => of([6, 6, 2], layers.depthwiseConv2d({ kernelSize: 3 })),
  "batch norm of an inner axis": () => of([5, 4, 3], layers.batchNormalization({ axis: 1 })),
  layerNormalization: () => of([5, 4], layers.layerNormalization()),
  simpleRNN: () => of([4, 3], layers.simpleRNN({ units: 2 })),
  "stacked cells": () =>
    of([4, 3], layers.rnn({ cell: [layers.lstmCell({ units: 2 }), layers.gruCell({ units: 3 })] as never })),
  convLstm2d: () => of([3, 5, 5, 2], layers.convLstm2d({ filters: 2, kernelSize: 3 })),
  "masked steps": () => of([4, 3], layers.masking({ maskValue: 0 }), layers.gru({ units: 3 })),
  timeDistributed: () => of([4, 3], layers.timeDistributed({ layer: layers.dense({ units: 2 }) })),
  repeatVector: () => of([3], layers.repeatVector({ n: 4 })),
  reshape: () => of([6], layers.reshape({ targetShape: [-1, 3] }), layers.permute({ dims: [2, 1] })),
  upSampling2d: () => of([3, 3, 2], layers.upSampling2d({ size: [2, 2], interpolation: "bilinear" })),
  cropping2D: () => of([5, 5, 2], layers.zeroPadding2d({ padding: 1 }), layers.cropping2D({ cropping: 2 })),
  centerCrop: () => of([6, 6, 3], layers.centerCrop({ height: 4, width: 4 })),
  pooling: () =>
    of(
      [8, 8, 2],
      layers.averagePooling2d({ poolSize: 2 }),
      layers.maxPooling2d({ poolSize: 2, padding: "same" }),
    ),
  noise: () =>
    of(
      [4],
      layers.gaussianNoise({ stddev: 1 }),
      layers.gaussianDropout({ rate: 0.4 }),
      layers.alphaDropout({ rate: 0.4 }),
    ),
  activations: () => of([4], layers.elu(), layers.leakyReLU(), layers.prelu(), layers.softmax()),
  "a model within": () => of([4], of([4], layers.dense({ units: 3 })), layers.dense({ units: 2 })),
  merges() {
    const inputs = [tf.input({ shape: [4] }), tf.input({ shape: [4] })];
    const merged = [
      layers.add(),
      layers.multiply(),
      layers.average(),
      layers.maximum(),
      layers.dot({ axes: 1 }),
    ];
    const outputs = merged.map((layer) => layer.apply(inputs) as tf.SymbolicTensor);
    return tf.model({ inputs, outputs });
  },
};

it.each(Object.entries(kinds))("saves what layers compute: %s", (_, model) => expectSame(model()));

it("gives each output of a layer that has several a name of its own", async () => {
  const input = tf.input({ shape: [4, 3] });
  const states = layers.lstm({ units: 2, returnState: true, name: "memory" }).apply(input);
  const model = tf.model({ inputs: input, outputs: states as tf.SymbolicTensor[] });
  const saved = await loadSavedModel(await saveSavedModel(model, join(temporaryFolder(), "model")));
  expect(saved.outputs.map(({ name }) => name)).toEqual(["memory", "memory_1", "memory_2"]);
  const [batch] = batchFor(model, 7) as [tf.Tensor];
  const wanted = model.predict(batch) as tf.Tensor[];
  const made = saved.predict([batch]);
  expect(made.map((tensor) => tensor.dataSync())).toEqual(wanted.map((tensor) => tensor.dataSync()));
  saved.dispose();
});

describe("a layer of one's own may use the batch's size for", () => {
  const uses: Record<string, Compute> = {
    "a shape": (x) => tf.reshape(tf.relu(tf.reshape(x, [x.shape[0] * 2, 2])), x.shape),
    "zeros, and what is computed of them": (x) =>
      tf.add(x, tf.mul(tf.add(tf.zeros(x.shape), [1, 2, 3, 4]), tf.ones([x.shape[0], 1]))),
    "where a slice ends": (x) =>
      tf.concat([tf.slice(x, [x.shape[0] - 1, 0]), tf.slice(x, [0, 0], [x.shape[0] - 1, 4])]),
    "the numbers of rows": (x) => tf.gather(tf.softmax(x), tf.range(0, x.shape[0], 1, "int32")),
    "two sizes that follow it": (x) => tf.matMul(tf.matMul(tf.ones([x.shape[0], x.shape[0]]), x), tf.eye(4)),
  };
  it.each(Object.entries(uses))("%s", (_, compute) => expectSame(modelOf(new Custom(compute))));
});

describe("what cannot be saved", () => {
  const refusedFor = async (compute: Compute): Promise<Error> => {
    const saving = saveSavedModel(modelOf(new Custom(compute)), join(temporaryFolder(), "model"));
    const error = await saving.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CaptureError);
    return error as Error;
  };

  it("for batches of any size, is told with the op, and saved for one size", async () => {
    const each: Compute = (x) => tf.stack(tf.unstack(x).map((row) => tf.relu(row)));
    expect((await refusedFor(each)).message).toMatch(
      /^exporting a model for batches of any size needs the same ops for each size, but a batch of one size has Pack with another number of inputs: give batchSize to export it for one size/,
    );
    const model = modelOf(new Custom(each));
    const folder = await saveSavedModel(model, join(temporaryFolder(), "model"), { batchSize: 3 });
    const saved = await loadSavedModel(folder);
    const [batch] = batchFor(model, 3) as [tf.Tensor];
    expect((saved.predict(batch) as tf.Tensor).dataSync()).toEqual(tf.relu(batch).dataSync());
    saved.dispose();
    const mean = await refusedFor((x) => tf.div(x, x.shape[0]));
    expect(mean.message).toContain("has other values for RealDiv, which are no simple function of the size");
    const other = await refusedFor((x) => (x.shape[0] === 13 ? tf.relu(x) : tf.elu(x)));
    expect(other.message).toContain("has Elu where it is Relu for another");
    const wide = await refusedFor((x) => tf.cumsum(x, 0, x.shape[0] === 13));
    expect(wide.message).toContain("has Cumsum with another exclusive");
  });

  it("at all, is told with what it does", async () => {
    const read = await refusedFor((x) => tf.tensor(x.arraySync()));
    expect(read.message).toContain("the values of an argument cannot be read while it is captured");
    const random = await refusedFor((x) => tf.add(x, tf.randomUniform([4])));
    expect(random.message).toContain("random numbers drawn on the host");
    const counter = tf.variable(tf.scalar(0), false, "calls");
    const counted = await refusedFor((x) => {
      counter.assign(tf.add(counter, 1));
      return tf.relu(x);
    });
    expect(counted.message).toContain(
      'exporting a model needs layers that only read their variables when they predict, but "calls" is assigned',
    );
    expect(counter.dataSync()[0]).toBe(0);
    counter.dispose();
  });
});

it("saves variables of one's own under their names", async () => {
  const factor = tf.variable(tf.tensor1d([1, 2, 3, 4]), true, "a factor");
  const model = modelOf(new Custom((x) => tf.mul(x, factor)));
  await expectSame(model);
  factor.dispose();
});

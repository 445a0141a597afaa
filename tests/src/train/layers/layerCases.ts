/** A small net around every layer that TensorFlow.js has. */
import { tf } from "../../../../src/native/index.js";
import { Attention, EinsumAttention } from "./attentionLayers.js";

type Layer = tf.layers.Layer;

export interface LayerCase {
  /** Of one sample. */
  readonly input: readonly number[];
  /** Applied one after another, or what makes an output of the input. */
  readonly layers: () => Layer[] | ((x: tf.SymbolicTensor) => tf.SymbolicTensor);
  /** No weights before it: its input is whole numbers, or it has no gradient to its input. */
  readonly isFirst?: true;
  /** Other seeds give other numbers. */
  readonly isRandom?: true;
  /** It reads values while it computes, so that it cannot be captured: why its steps run op by op. */
  readonly eager?: RegExp;
  /** TensorFlow.js itself cannot run it in a model: what it says. */
  readonly broken?: RegExp;
}

const L = tf.layers;
const series = [5, 3];
const image = [6, 6, 2];
const volume = [4, 4, 4, 2];
const one = (input: readonly number[], make: () => Layer, more: Partial<LayerCase> = {}): LayerCase => ({
  input,
  layers: () => [make()],
  ...more,
});
const random = { isRandom: true } as const;

/** Two branches, the second through a dense layer of its own. */
const merged = (make: () => Layer, input: readonly number[] = [4]): LayerCase => ({
  input,
  layers: () => (x) => {
    const other = L.dense({ units: input.at(-1) as number, activation: "tanh" }).apply(
      x,
    ) as tf.SymbolicTensor;
    return make().apply([x, other]) as tf.SymbolicTensor;
  },
});

/** Of all activations that TensorFlow.js can make from a configuration. */
function activations(): string[] {
  const { activation } = L.activation({ activation: "relu" }) as unknown as { activation: object };
  const base = Object.getPrototypeOf(activation.constructor) as new () => object;
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  return Object.entries(classNameMap).flatMap(([name, [Class]]) =>
    Class.prototype instanceof base ? [name] : [],
  );
}

/** By the name of the factory; several for one separated by a blank and what it is. */
export const layerCases: Readonly<Record<string, LayerCase>> = {
  activation: one([4], () => L.activation({ activation: "softplus" })),
  "activation, all that there are": {
    input: [4],
    layers: () => (x) => {
      const each = activations().map((activation) =>
        L.activation({ activation: activation as "relu" }).apply(x),
      );
      return L.average().apply(each as tf.SymbolicTensor[]) as tf.SymbolicTensor;
    },
  },
  add: merged(() => L.add()),
  alphaDropout: one([8], () => L.alphaDropout({ rate: 0.3 }), random),
  "alphaDropout with noiseShape": one(
    series,
    () => L.alphaDropout({ rate: 0.3, noiseShape: [7, 1, 3] } as never),
    random,
  ),
  "attention of one's own": { input: [5, 4], layers: () => [new Attention({}), L.layerNormalization()] },
  "attention of one's own, by einsum": one([5, 4], () => new EinsumAttention({})),
  average: merged(() => L.average()),
  averagePooling1d: one(series, () => L.averagePooling1d({ poolSize: 2, strides: 1 })),
  averagePooling2d: one(image, () => L.averagePooling2d({ poolSize: 2 })),
  averagePooling3d: one(volume, () => L.averagePooling3d({ poolSize: 2 })),
  avgPool1d: one(series, () => L.avgPool1d({ poolSize: 3, padding: "same" })),
  avgPool2d: one(image, () => L.avgPool2d({ poolSize: 3, strides: 2, padding: "same" })),
  avgPool3d: one(volume, () => L.avgPool3d({ poolSize: 2, padding: "same" })),
  avgPooling1d: one(series, () => L.avgPooling1d({ poolSize: 2 })),
  avgPooling2d: one(image, () => L.avgPooling2d({ poolSize: 2, dataFormat: "channelsFirst" })),
  avgPooling3d: one(volume, () => L.avgPooling3d({ poolSize: 2, strides: 1 })),
  batchNormalization: one([6], () => L.batchNormalization({ momentum: 0.8 })),
  "batchNormalization of images": one(image, () => L.batchNormalization({ scale: false })),
  "batchNormalization, channels first": one(image, () => L.batchNormalization({ axis: 1 })),
  "bidirectional simpleRNN, averaged": one(series, () =>
    L.bidirectional({ layer: L.simpleRNN({ units: 3 }) as never, mergeMode: "ave" }),
  ),
  "bidirectional gru, multiplied": one(series, () =>
    L.bidirectional({ layer: L.gru({ units: 3, returnSequences: true }) as never, mergeMode: "mul" }),
  ),
  "bidirectional, both by themselves": {
    input: series,
    layers: () => [
      L.bidirectional({ layer: L.lstm({ units: 3 }) as never, mergeMode: null as never }),
      L.concatenate(),
    ],
  },
  "bidirectional lstm": one(series, () =>
    L.bidirectional({ layer: L.lstm({ units: 3, returnSequences: true }) as never, mergeMode: "concat" }),
  ),
  "bidirectional gru, summed": one(series, () =>
    L.bidirectional({ layer: L.gru({ units: 3 }) as never, mergeMode: "sum" }),
  ),
  "bidirectional simpleRNN with dropout": one(
    series,
    () =>
      L.bidirectional({
        layer: L.simpleRNN({ units: 3, dropout: 0.3, recurrentDropout: 0.4 }) as never,
        mergeMode: "concat",
      }),
    random,
  ),
  categoryEncoding: one([3], () => L.categoryEncoding({ numTokens: 5, outputMode: "multiHot" }), {
    isFirst: true,
    eager: /cannot be read while it is captured/,
  }),
  centerCrop: one(image, () => L.centerCrop({ height: 4, width: 3 }), { isFirst: true }),
  concatenate: merged(() => L.concatenate()),
  conv1d: one(series, () => L.conv1d({ filters: 4, kernelSize: 2, activation: "relu" })),
  "conv1d, dilated": one(series, () => L.conv1d({ filters: 4, kernelSize: 2, dilationRate: 2 })),
  conv2d: one(image, () => L.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: "same" })),
  "conv2d, channels first": one(image, () =>
    L.conv2d({ filters: 3, kernelSize: 2, dataFormat: "channelsFirst", activation: "relu" }),
  ),
  "conv2d, dilated": one(image, () => L.conv2d({ filters: 3, kernelSize: 2, dilationRate: 2 })),
  "conv2d, dilated, with ReLU, channels first": one([2, 6, 6], () =>
    L.conv2d({
      filters: 3,
      kernelSize: 2,
      dilationRate: [1, 2],
      dataFormat: "channelsFirst",
      activation: "relu",
    }),
  ),
  conv2dTranspose: one(image, () =>
    L.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: "same" }),
  ),
  conv3d: one(volume, () => L.conv3d({ filters: 3, kernelSize: 2, activation: "relu" })),
  conv3dTranspose: one(volume, () => L.conv3dTranspose({ filters: 2, kernelSize: 2, strides: 2 })),
  convLstm2d: one([3, 5, 5, 2], () =>
    L.convLstm2d({ filters: 2, kernelSize: 3, returnSequences: true } as never),
  ),
  "convLstm2d with dropout": one(
    [3, 5, 5, 2],
    () => L.convLstm2d({ filters: 2, kernelSize: 3, dropout: 0.4 } as never),
    random,
  ),
  "convLstm2d with recurrent dropout": one(
    [3, 5, 5, 2],
    () => L.convLstm2d({ filters: 2, kernelSize: 3, recurrentDropout: 0.4 } as never),
    random,
  ),
  // TensorFlow.js takes no other layer around its cell.
  convLstm2dCell: one([3, 5, 5, 2], () =>
    L.convLstm2d({ filters: 2, kernelSize: 3, padding: "same" } as never),
  ),
  cropping2D: one(image, () =>
    L.cropping2D({
      cropping: [
        [1, 0],
        [2, 1],
      ],
    }),
  ),
  dense: one([4], () =>
    L.dense({
      units: 5,
      activation: "tanh",
      kernelRegularizer: tf.regularizers.l1l2({ l1: 1e-3, l2: 1e-2 }),
      kernelConstraint: tf.constraints.maxNorm({ maxValue: 0.8 }),
    }),
  ),
  depthwiseConv2d: one(image, () =>
    L.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, activation: "relu" }),
  ),
  dot: merged(() => L.dot({ axes: 1 })),
  "dot, of matrices": merged(() => L.dot({ axes: [2, 2], normalize: true }), series),
  dropout: one([8], () => L.dropout({ rate: 0.4 }), random),
  "dropout with noiseShape": one(series, () => L.dropout({ rate: 0.4, noiseShape: [7, 1, 3] }), random),
  elu: one([4], () => L.elu()),
  embedding: one([3], () => L.embedding({ inputDim: 6, outputDim: 4 }), { isFirst: true }),
  "embedding, masked, into an lstm": {
    input: [4],
    isFirst: true,
    layers: () => [L.embedding({ inputDim: 6, outputDim: 4, maskZero: true }), L.lstm({ units: 3 })],
  },
  flatten: one(image, () => L.flatten()),
  gaussianDropout: one([8], () => L.gaussianDropout({ rate: 0.4 }), random),
  gaussianNoise: one([8], () => L.gaussianNoise({ stddev: 0.5 }), random),
  globalAveragePooling1d: one(series, () => L.globalAveragePooling1d({})),
  globalAveragePooling2d: one(image, () => L.globalAveragePooling2d({})),
  globalMaxPool1d: one(series, () => L.globalMaxPool1d({})),
  globalMaxPool2d: one(image, () => L.globalMaxPool2d({})),
  globalMaxPooling1d: one(series, () => L.globalMaxPooling1d({})),
  globalMaxPooling2d: one(image, () => L.globalMaxPooling2d({ dataFormat: "channelsFirst" })),
  gru: one(series, () => L.gru({ units: 4 })),
  "gru with dropout": one(series, () => L.gru({ units: 4, dropout: 0.3, recurrentDropout: 0.3 }), random),
  "gru with dropout of its inputs": one(series, () => L.gru({ units: 4, dropout: 0.3 }), random),
  "gru with recurrent dropout": one(series, () => L.gru({ units: 4, recurrentDropout: 0.3 }), random),
  gruCell: one(series, () => L.rnn({ cell: L.gruCell({ units: 3 }), goBackwards: true })),
  inputLayer: {
    input: [4],
    isFirst: true,
    layers: () => [
      tf.sequential({
        layers: [L.inputLayer({ inputShape: [4] }), L.dense({ units: 3, activation: "relu" })],
      }),
    ],
  },
  layerNormalization: one([6], () => L.layerNormalization()),
  "layerNormalization of series": one(series, () => L.layerNormalization({ axis: [1, 2], center: false })),
  leakyReLU: one([4], () => L.leakyReLU({ alpha: 0.2 })),
  lstm: one(series, () => L.lstm({ units: 4, returnSequences: true })),
  "lstm with dropout": one(series, () => L.lstm({ units: 4, dropout: 0.3, recurrentDropout: 0.3 }), random),
  "lstm with dropout of its inputs": one(series, () => L.lstm({ units: 4, dropout: 0.3 }), random),
  "lstm with recurrent dropout": one(series, () => L.lstm({ units: 4, recurrentDropout: 0.3 }), random),
  "lstm from another's states": {
    input: series,
    layers: () => (x) => {
      const [output, ...initialState] = L.lstm({ units: 3, returnSequences: true, returnState: true }).apply(
        x,
      ) as tf.SymbolicTensor[];
      return L.lstm({ units: 3 }).apply(
        output as tf.SymbolicTensor,
        { initialState } as never,
      ) as tf.SymbolicTensor;
    },
  },
  "lstm of lstm": {
    input: series,
    layers: () => [L.lstm({ units: 4, returnSequences: true }), L.lstm({ units: 3 })],
  },
  lstmCell: one(series, () => L.rnn({ cell: L.lstmCell({ units: 3 }), returnSequences: true })),
  masking: { input: series, layers: () => [L.masking({ maskValue: 0 }), L.simpleRNN({ units: 3 })] },
  maxPool1d: one(series, () => L.maxPool1d({ poolSize: 2 })),
  maxPool2d: one(image, () => L.maxPool2d({ poolSize: 2 })),
  maxPooling1d: one(series, () => L.maxPooling1d({ poolSize: 2, strides: 1 })),
  maxPooling2d: one(image, () => L.maxPooling2d({ poolSize: 3, strides: 1, padding: "same" })),
  maxPooling3d: one(volume, () => L.maxPooling3d({ poolSize: 2 })),
  maximum: merged(() => L.maximum()),
  minimum: merged(() => L.minimum()),
  multiply: merged(() => L.multiply()),
  permute: one(series, () => L.permute({ dims: [2, 1] })),
  prelu: one([4], () => L.prelu({ alphaInitializer: "ones" })),
  // What it tells of its own output's shape is that of one image.
  randomWidth: one(image, () => L.randomWidth({ factor: 0.3, seed: 3 }), {
    isFirst: true,
    broken: /must have a shape comprised of positive integers/,
  }),
  reLU: one([4], () => L.reLU({ maxValue: 0.5 })),
  repeatVector: one([4], () => L.repeatVector({ n: 3 })),
  rescaling: one([4], () => L.rescaling({ scale: 2, offset: 0.5 })),
  reshape: one([6], () => L.reshape({ targetShape: [2, 3] })),
  resizing: one(image, () => L.resizing({ height: 8, width: 5 })),
  "resizing to the nearest": one(image, () => L.resizing({ height: 3, width: 5, interpolation: "nearest" })),
  rnn: one(series, () => L.rnn({ cell: L.simpleRNNCell({ units: 3 }), unroll: true })),
  "separableConv2d, dilated": one(image, () =>
    L.separableConv2d({ filters: 3, kernelSize: 2, dilationRate: 2 }),
  ),
  separableConv2d: one(image, () => L.separableConv2d({ filters: 3, kernelSize: 3, depthMultiplier: 2 })),
  simpleRNN: one(series, () => L.simpleRNN({ units: 4, returnSequences: true })),
  "simpleRNN with dropout": one(
    series,
    () => L.simpleRNN({ units: 4, dropout: 0.4, recurrentDropout: 0.2 }),
    random,
  ),
  "simpleRNN with dropout of its inputs": one(series, () => L.simpleRNN({ units: 4, dropout: 0.4 }), random),
  "simpleRNN with recurrent dropout": one(
    series,
    () => L.simpleRNN({ units: 4, recurrentDropout: 0.4 }),
    random,
  ),
  simpleRNNCell: one(series, () => L.rnn({ cell: L.simpleRNNCell({ units: 3 }), returnSequences: true })),
  softmax: one([4], () => L.softmax()),
  spatialDropout1d: one(series, () => L.spatialDropout1d({ rate: 0.5 }), random),
  stackedRNNCells: one(series, () =>
    L.rnn({
      cell: L.stackedRNNCells({ cells: [L.lstmCell({ units: 3 }), L.gruCell({ units: 2 })] as never }),
    }),
  ),
  "stackedRNNCells with dropout": one(
    series,
    () => {
      const cells = [L.lstmCell({ units: 3, dropout: 0.3 }), L.gruCell({ units: 2, recurrentDropout: 0.4 })];
      return L.rnn({ cell: L.stackedRNNCells({ cells: cells as never }) });
    },
    random,
  ),
  thresholdedReLU: one([4], () => L.thresholdedReLU({ theta: 0.2 })),
  timeDistributed: one(series, () => L.timeDistributed({ layer: L.dense({ units: 2, activation: "relu" }) })),
  "timeDistributed dropout": one(
    series,
    () => L.timeDistributed({ layer: L.dropout({ rate: 0.4 }) }),
    random,
  ),
  "timeDistributed of a net with noise": one(
    series,
    () =>
      L.timeDistributed({
        layer: tf.sequential({ layers: [L.dense({ units: 3, inputShape: [3] }), L.dropout({ rate: 0.3 })] }),
      }),
    random,
  ),
  upSampling2d: one(image, () => L.upSampling2d({ size: [2, 3], interpolation: "bilinear" })),
  zeroPadding2d: one(image, () =>
    L.zeroPadding2d({
      padding: [
        [1, 2],
        [0, 1],
      ],
    }),
  ),
};

/** What stands among the factories, but makes no layer of its own. */
export const noFactories = ["Layer", "RNN", "RNNCell", "input"];

/** Small models with weights other than those they begin with, and batches for them. */
import { tf } from "../../../../src/native/index.js";

/** Attention of several heads, written as people do: with the batch's size read from the shape. */
class SelfAttention extends tf.layers.Layer {
  static className = "TestSelfAttention";
  readonly #heads = 2;
  #mix: tf.LayerVariable[] = [];

  override build([, , width]: number[]): void {
    this.#mix = ["query", "key", "value"].map((name) =>
      this.addWeight(
        name,
        [width as number, width as number],
        "float32",
        tf.initializers.glorotNormal({ seed: 3 }),
      ),
    );
    super.build([]);
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor3D;
    const [batch, length, width] = x.shape;
    const rows = tf.reshape(x, [batch * length, width]);
    const [query, key, value] = this.#mix.map((weight) => {
      const mixed = tf.matMul(rows, weight.read() as tf.Tensor2D);
      const heads = tf.reshape(mixed, [batch, length, this.#heads, width / this.#heads]);
      return tf.transpose(heads, [0, 2, 1, 3]);
    }) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
    const scores = tf.div(tf.matMul(query, key, false, true), Math.sqrt(width / this.#heads));
    const causal = tf.linalg.bandPart(tf.ones([batch, this.#heads, length, length]), -1, 0);
    const seen = tf.add(scores, tf.mul(tf.sub(causal, 1), 1e9));
    return tf.reshape(tf.transpose(tf.matMul(tf.softmax(seen), value), [0, 2, 1, 3]), [batch, length, width]);
  }

  override getClassName(): string {
    return SelfAttention.className;
  }
}

function mlp(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, inputShape: [4], activation: "relu", name: "hidden" }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 3, activation: "softmax", name: "classes" }),
    ],
  });
}

function cnn(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 2], activation: "relu" }),
      tf.layers.batchNormalization(),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3 }),
    ],
  });
}

function lstm(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.lstm({ units: 5, inputShape: [6, 3], returnSequences: true }),
      tf.layers.bidirectional({ layer: tf.layers.gru({ units: 4 }) }),
      tf.layers.dense({ units: 2 }),
    ],
  });
}

function attention(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 6, inputShape: [5, 3] }),
      new SelfAttention({}),
      tf.layers.layerNormalization(),
      tf.layers.globalAveragePooling1d(),
      tf.layers.dense({ units: 2 }),
    ],
  });
}

/** Two inputs, one of whole numbers, and two outputs; names that Python has no arguments of. */
function house(): tf.LayersModel {
  const size = tf.input({ shape: [2], name: "size" });
  const kind = tf.input({ shape: [1], dtype: "int32", name: "kind/of-house" });
  const embedded = tf.layers.flatten().apply(tf.layers.embedding({ inputDim: 4, outputDim: 3 }).apply(kind));
  const both = tf.layers.concatenate().apply([size, embedded as tf.SymbolicTensor]);
  const hidden = tf.layers.dense({ units: 4, activation: "relu" }).apply(both);
  const outputs = [
    tf.layers.dense({ units: 1, name: "price" }).apply(hidden),
    tf.layers.dense({ units: 2, activation: "softmax", name: "class.of" }).apply(hidden),
  ];
  return tf.model({ inputs: [size, kind], outputs: outputs as tf.SymbolicTensor[] });
}

export const modelsToExport = { mlp, cnn, lstm, attention, house };

/** With weights such as a training leaves behind: averages that are not 0 and 1. */
export function modelToExport(name: keyof typeof modelsToExport): tf.LayersModel {
  const model = modelsToExport[name]();
  const weights = model.getWeights();
  model.setWeights(
    weights.map((weight, i) => tf.add(weight, tf.randomUniform(weight.shape, 0.1, 0.6, "float32", i))),
  );
  return model;
}

/** Numbers for each of the model's inputs; whole ones from 0 to 3 where it takes those. */
export function batchFor(model: tf.LayersModel, rows: number): tf.Tensor[] {
  return model.inputs.map(({ shape, dtype }, i) => {
    const size = [rows, ...shape.slice(1)] as number[];
    return dtype === "int32"
      ? tf.cast(tf.floor(tf.randomUniform(size, 0, 4, "float32", rows + i)), "int32")
      : tf.randomNormal(size, 0, 1, "float32", rows + i);
  });
}

/** What the model itself predicts, by the names of its outputs. */
export function predicted(model: tf.LayersModel, batch: readonly tf.Tensor[]): tf.NamedTensorMap {
  const outputs = [model.predict([...batch])].flat();
  return Object.fromEntries(model.outputNames.map((name, i) => [name, outputs[i] as tf.Tensor]));
}

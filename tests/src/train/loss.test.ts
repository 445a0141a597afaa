import { describe, expect, it } from "vitest";
import { tf } from "../../../src/native/index.js";
import { applyToLogits, headActivations } from "../../../src/train/head.js";
import { batchLoss, losses } from "../../../src/train/loss.js";

/** Of models with one input and one output. */
const logitsOf = (model: tf.LayersModel, x: tf.Tensor) =>
  applyToLogits(model, [x], { training: false })[0] as tf.Tensor;
const headActivation = (model: tf.LayersModel) => headActivations(model)[0] as string;

const close = (tensor: tf.Tensor, expected: readonly number[], digits = 5) => {
  const values = [...tensor.dataSync()];
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] as number, digits);
  });
};
const softmax = (z: number[]) => {
  const e = z.map((v) => Math.exp(v - Math.max(...z)));
  return e.map((v) => v / e.reduce((a, b) => a + b));
};
const rows = [
  [1, -2, 0.5],
  [100, 0, -100],
];

describe("label smoothing", () => {
  const smoothing = tf.scalar(0.2);

  it("of cross-entropy is PyTorch's: towards the uniform distribution", () => {
    const y = tf.tensor1d([2, 1], "int32");
    const expected = rows.map((row, i) => {
      const most = Math.max(...row);
      const all = Math.log(row.reduce((sum, z) => sum + Math.exp(z - most), 0)) + most;
      const target = row.map((_, k) => 0.2 / 3 + (k === (i === 0 ? 2 : 1) ? 0.8 : 0));
      return row.reduce((sum, z, k) => sum + (target[k] as number) * (all - z), 0);
    });
    close(losses.crossEntropy.perSample(tf.tensor2d(rows), y, "softmax", smoothing), expected);
    const p = tf.tensor2d([[0.2, 0.3, 0.5]]);
    const mixed = -(0.8 * Math.log(0.5) + (0.2 / 3) * Math.log(0.2 * 0.3 * 0.5));
    close(losses.crossEntropy.perSample(p, tf.tensor1d([2], "int32"), "hardSigmoid", smoothing), [mixed]);
  });

  it("of binary cross-entropy is Keras's: towards a half", () => {
    const z = [2, -1];
    const y = tf.tensor1d([1, 0], "int32");
    const p = z.map((value) => 1 / (1 + Math.exp(-value)));
    const expected = [0.9, 0.1].map(
      (t, i) => -(t * Math.log(p[i] as number) + (1 - t) * Math.log(1 - (p[i] as number))),
    );
    close(losses.binaryCrossEntropy.perSample(tf.tensor2d(z, [2, 1]), y, "sigmoid", smoothing), expected);
    close(losses.binaryCrossEntropy.perSample(tf.tensor2d(p, [2, 1]), y, "hardSigmoid", smoothing), expected);
  });
});

describe("crossEntropy", () => {
  const y = tf.tensor1d([2, 1], "int32");
  const expected = [-Math.log(softmax(rows[0] as number[])[2] as number), 100];

  it("is −log of the label's probability, from logits without overflow", () => {
    close(losses.crossEntropy.perSample(tf.tensor2d(rows), y, "softmax"), expected);
    close(losses.crossEntropy.perSample(tf.tensor2d(rows), y, "linear"), expected);
  });

  it("reads other outputs as probabilities, clipped at 1e-7", () => {
    const p = tf.tensor2d([
      [0.2, 0.3, 0.5],
      [2, 0, 2],
    ]);
    close(losses.crossEntropy.perSample(p, y, "hardSigmoid"), [-Math.log(0.5), -Math.log(1e-7)]);
  });

  it("is that of predict()'s probabilities behind sigmoid outputs", () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 3, inputShape: [2], activation: "sigmoid" })],
    });
    const x = tf.tensor2d([
      [1, -2],
      [-3, 0.5],
    ]);
    const said = (model.predict(x) as tf.Tensor2D).arraySync();
    const labels = [2, 1];
    close(
      losses.crossEntropy.perSample(logitsOf(model, x), y, headActivation(model)),
      said.map((p, i) => -Math.log((p[labels[i] as number] as number) / p.reduce((a, b) => a + b))),
    );
  });

  it("counts the largest as the answer", () => {
    const { sum, count } = losses.crossEntropy.measure(
      tf.tensor2d(rows),
      tf.tensor1d([0, 1], "int32"),
      "softmax",
    );
    close(sum, [1]);
    expect(count).toBe(2);
  });
});

describe("binaryCrossEntropy", () => {
  const y = tf.tensor1d([1, 0, 1], "int32");
  const z = [2, 3, -200];

  it("is stable for large logits", () => {
    const expected = [Math.log1p(Math.exp(-2)), 3 + Math.log1p(Math.exp(-3)), 200];
    close(losses.binaryCrossEntropy.perSample(tf.tensor2d(z, [3, 1]), y, "sigmoid"), expected, 4);
    const { sum, count } = losses.binaryCrossEntropy.measure(tf.tensor2d(z, [3, 1]), y, "sigmoid");
    close(sum, [1]);
    expect(count).toBe(3);
  });

  it("reads other outputs as probabilities", () => {
    const p = tf.tensor2d([0.9, 0.4, 0.2], [3, 1]);
    close(
      losses.binaryCrossEntropy.perSample(p, y, "hardSigmoid"),
      [-Math.log(0.9), -Math.log(0.6), -Math.log(0.2)],
      4,
    );
    close(losses.binaryCrossEntropy.measure(p, y, "hardSigmoid").sum, [2]);
  });
});

it("meanSquaredError averages over outputs", () => {
  const output = tf.tensor2d([
    [1, 2],
    [3, 5],
  ]);
  const y = tf.tensor2d([
    [1, 0],
    [0, 5],
  ]);
  close(losses.meanSquaredError.perSample(output, y, "linear"), [2, 4.5]);
  const { sum, count } = losses.meanSquaredError.measure(output, y, "linear");
  close(sum, [5]);
  expect(count).toBe(4);
  close(losses.meanSquaredError.perSample(tf.tensor2d([[0]]), tf.tensor2d([[0]]), "sigmoid"), [0.25]);
});

it("weighs samples and divides by their number", () => {
  close(batchLoss(tf.tensor1d([1, 4]), tf.tensor1d([2, 0.5])), [2]);
});

describe("head", () => {
  const model = (activation: "softmax" | "relu") =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 3, inputShape: [3], kernelInitializer: tf.initializers.identity({}) }),
        tf.layers.activation({ activation }),
      ],
    });

  it("is left out for logits and put back", () => {
    const soft = model("softmax");
    const x = tf.tensor2d([[1, 2, 4]]);
    close(logitsOf(soft, x), [1, 2, 4]);
    expect(headActivation(soft)).toBe("softmax");
    close(soft.predict(x) as tf.Tensor, softmax([1, 2, 4]));
  });

  it("stays where it is no probability", () => {
    const rectified = model("relu");
    close(logitsOf(rectified, tf.tensor2d([[1, -2, 4]])), [1, 0, 4]);
    expect(headActivation(rectified)).toBe("relu");
  });

  const { dense, softmax: softmaxLayer, reLU, reshape } = tf.layers;
  const nested = (inner: tf.LayersModel) => {
    const input = tf.input({ shape: [3] });
    return tf.model({ inputs: input, outputs: inner.apply(input) as tf.SymbolicTensor });
  };
  const plain = (...layers: tf.LayersModel["layers"]) =>
    tf.sequential({ layers: [dense({ units: 3, inputShape: [3] }), ...layers] });
  const models: Record<string, [make: () => tf.LayersModel, head: string]> = {
    "a softmax layer": [() => plain(softmaxLayer()), "softmax"],
    "a nested model": [() => nested(model("softmax")), "softmax"],
    "a softmax layer in a nested model in a nested model": [
      () => nested(nested(plain(softmaxLayer()))),
      "softmax",
    ],
    "a layer behind a softmax": [() => plain(softmaxLayer(), reshape({ targetShape: [3] })), "unknown"],
  };

  it.each(Object.entries(models))("of %s gives the cross-entropy of predict()", (_, [make, head]) => {
    const made = make();
    const x = tf.tensor2d([
      [1, 2, 4],
      [-1, 3, 0],
    ]);
    const labels = [2, 0];
    expect(headActivation(made)).toBe(head);
    const before = (made.predict(x) as tf.Tensor2D).arraySync();
    const output = logitsOf(made, x);
    close(
      losses.crossEntropy.perSample(output, tf.tensor1d(labels, "int32"), head),
      before.map((p, i) => -Math.log(p[labels[i] as number] as number)),
    );
    expect((made.predict(x) as tf.Tensor2D).arraySync()).toEqual(before);
  });

  it("is linear behind layers that pass a linear layer's numbers on, unknown behind others", () => {
    expect(headActivation(plain(reshape({ targetShape: [3] }), tf.layers.dropout({ rate: 0.5 })))).toBe(
      "linear",
    );
    expect(headActivation(nested(plain(tf.layers.batchNormalization())))).toBe("linear");
    expect(headActivation(plain(reLU()))).toBe("unknown");
  });
});

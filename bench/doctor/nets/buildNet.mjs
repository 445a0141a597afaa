import { tf } from "../../../dist/src/index.js";
import { Detached, Exponential } from "./ownLayers.mjs";
import { startInitializer, usualInitializer } from "./start.mjs";

/**
 * A net of a run: `conv` with filters of `kernel` pixels and pooling by 2, then dense `hidden`, then `output` units (one a
 * class) of activation `head`. Layers are called as those of `models.mlp` and `models.cnn`.
 *
 * `start` is how all kernels begin and `bias` how hidden biases do; `norm`, `dropout` and `l2` are as everywhere; `frozen` names layers
 * that are not trained, `detached` one through whose output no gradient goes back; `twice` has the head's activation again.
 */
export function buildNet(net, { inputShape, classes }, seed) {
  const {
    conv = [],
    kernel = 3,
    hidden = [],
    output = classes ?? 1,
    head = classes === undefined ? "linear" : "softmax",
    twice,
    frozen = [],
  } = net;
  const model = tf.sequential({ name: conv.length > 0 ? "cnn" : "mlp" });
  const stack = stackOf(model, net, seed);
  model.add(tf.layers.inputLayer({ name: "input", inputShape }));
  conv.forEach((filters, i) => {
    stack.weighted(`conv_${i + 1}`, (options) =>
      tf.layers.conv2d({ ...options, filters, kernelSize: kernel, padding: "same" }),
    );
    model.add(tf.layers.maxPooling2d({ name: `pool_${i + 1}`, poolSize: 2 }));
  });
  if (inputShape.length > 1) model.add(tf.layers.flatten({ name: "flatten" }));
  hidden.forEach((units, i) => {
    stack.weighted(`hidden_${i + 1}`, (options) => tf.layers.dense({ ...options, units }));
    stack.dropout(`hidden_${i + 1}`);
  });
  stack.output({ units: output, activation: head });
  if (twice) model.add(tf.layers.activation({ name: "output_again", activation: head }));
  for (const name of frozen) model.getLayer(name).trainable = false;
  return model;
}

function stackOf(model, net, seed) {
  const { activation = "relu", start, bias = 0, norm = false, dropout = 0, l2 = 0, detached } = net;
  let layers = 0;
  const kernel = (kind) => {
    const own = seed * 1000 + layers++;
    return {
      kernelInitializer: start ? startInitializer(start, own) : usualInitializer(kind, own),
      ...(l2 > 0 && { kernelRegularizer: tf.regularizers.l2({ l2 }) }),
    };
  };
  const isOwn = activation === "exponential";
  return {
    weighted(name, make) {
      const plain = norm || isOwn;
      const biases = norm
        ? { useBias: false }
        : { biasInitializer: tf.initializers.constant({ value: bias }) };
      model.add(make({ name, ...kernel(activation), ...biases, activation: plain ? "linear" : activation }));
      if (norm) model.add(tf.layers.batchNormalization({ name: `${name}_norm` }));
      if (plain)
        model.add(
          isOwn
            ? new Exponential({ name: `${name}_activation` })
            : tf.layers.activation({ name: `${name}_activation`, activation }),
        );
      if (name === detached) model.add(new Detached({ name: `${name}_detached` }));
    },
    dropout(name) {
      if (dropout > 0) model.add(tf.layers.dropout({ name: `${name}_dropout`, rate: dropout }));
    },
    output({ units, activation: head }) {
      model.add(tf.layers.dense({ name: "output", units, activation: head, ...kernel(head) }));
    },
  };
}

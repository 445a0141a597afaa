// The models that `bench step` trains, for both peers that are TensorFlow.js.
import * as cnn from "./cnn.mjs";
import * as efficientnet from "./efficientnet.mjs";
import * as lstm from "./lstm.mjs";
import * as mlp from "./mlp.mjs";
import * as resnet18 from "./resnet18.mjs";
import * as vit from "./vit.mjs";

/** @type {Record<string, { inputShape: number[], batchSize: number, build: (tf) => object }>} */
export const models = { mlp, cnn, resnet18, vit, lstm, efficientnet };

/** Random pixels and labels: what is learned does not change how long a step takes. */
export function batch(tf, name, size) {
  const { inputShape } = models[name];
  const batchSize = size ?? models[name].batchSize;
  const x = tf.randomUniform([batchSize, ...inputShape], 0, 1, "float32", 1);
  const y = tf.tensor1d(
    Int32Array.from({ length: batchSize }, (_, i) => i % 10),
    "int32",
  );
  return { x, y };
}

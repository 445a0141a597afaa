// The two models, for both peers that are TensorFlow.js.
export const inputShape = { mlp: [784], cnn: [28, 28, 1] };
export const batchSize = 64;

export function build(tf, name) {
  const { dense, conv2d, maxPooling2d, flatten } = tf.layers;
  const output = () => dense({ units: 10, activation: "softmax" });
  const layers =
    name === "mlp"
      ? [dense({ units: 256, activation: "relu", inputShape: inputShape.mlp }), output()]
      : [
          conv2d({ filters: 32, kernelSize: 3, activation: "relu", inputShape: inputShape.cnn }),
          maxPooling2d({ poolSize: 2 }),
          conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
          maxPooling2d({ poolSize: 2 }),
          flatten(),
          output(),
        ];
  return tf.sequential({ layers });
}

/** Random pixels and labels: what is learned does not change how long a step takes. */
export function batch(tf, name) {
  const x = tf.randomUniform([batchSize, ...inputShape[name]], 0, 1, "float32", 1);
  const y = tf.tensor1d(
    Int32Array.from({ length: batchSize }, (_, i) => i % 10),
    "int32",
  );
  return { x, y };
}

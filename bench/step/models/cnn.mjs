/** Two convolutions of 32 and 64 filters, each with a pooling, on 28 × 28 pixels. */
export const inputShape = [28, 28, 1];
export const batchSize = 64;

export function build(tf) {
  const { dense, conv2d, maxPooling2d, flatten } = tf.layers;
  return tf.sequential({
    layers: [
      conv2d({ filters: 32, kernelSize: 3, activation: "relu", inputShape }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 10, activation: "softmax" }),
    ],
  });
}

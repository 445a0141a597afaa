/** 784-256-10. */
export const inputShape = [784];
export const batchSize = 64;

export function build(tf) {
  const { dense } = tf.layers;
  return tf.sequential({
    layers: [
      dense({ units: 256, activation: "relu", inputShape }),
      dense({ units: 10, activation: "softmax" }),
    ],
  });
}

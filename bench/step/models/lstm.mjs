/** Two LSTM layers of 128 over 50 steps of 32 numbers. */
export const inputShape = [50, 32];
export const batchSize = 64;

export function build(tf) {
  const { lstm, dense } = tf.layers;
  const kind = { units: 128, recurrentActivation: "sigmoid", unitForgetBias: false };
  return tf.sequential({
    layers: [
      lstm({ ...kind, returnSequences: true, inputShape }),
      lstm(kind),
      dense({ units: 10, activation: "softmax" }),
    ],
  });
}

/** How much of a layer's output lies in the flat ends of its activation function. */
import type { tf } from "../../native/index.js";

/**
 * The flat ends, by activation: where the slope is at most 5 % of the steepest.
 * sigmoid: y(1 − y) ≤ 0.05·¼; tanh: 1 − y² ≤ 0.05; softsign: (1 − |y|)² ≤ 0.05; the piecewise linear ones: slope 0.
 */
const flatEnds: Readonly<Record<string, (y: number) => boolean>> = {
  sigmoid: (y) => y * (1 - y) <= 0.05 / 4,
  tanh: (y) => 1 - y * y <= 0.05,
  softsign: (y) => (1 - Math.abs(y)) ** 2 <= 0.05,
  relu: (y) => y <= 0,
  relu6: (y) => y <= 0 || y >= 6,
  hardSigmoid: (y) => y <= 0 || y >= 1,
};

/** @returns share of the values, 0 to 1; 0 for an activation without flat ends. NaN is in no flat end. */
export function saturatedFraction(layer: tf.LayersModel["layers"][number], values: Float32Array): number {
  const isFlat = flatEnds[activationName(layer)];
  if (!isFlat) return 0;
  let flat = 0;
  for (let i = 0; i < values.length; i++) if (isFlat(values[i] as number)) flat++;
  return flat / values.length;
}

function activationName(layer: tf.LayersModel["layers"][number]): string {
  const { activation } = layer as unknown as { activation?: { getClassName(): string } | null };
  return activation?.getClassName() ?? (layer.getClassName() === "ReLU" ? "relu" : "linear");
}

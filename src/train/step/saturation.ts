/** How much of a layer's output lies in the flat ends of its activation function. */
import type { tf } from "../../native/index.js";

interface FlatEnds {
  /** Flat up to it. */
  readonly low: number;
  /** Flat from it on; NaN where there is no such end. */
  readonly high: number;
}

/**
 * The flat ends, by activation: where the slope is at most 5 % of the steepest.
 * sigmoid: y(1 − y) ≤ 0.05·¼; tanh: 1 − y² ≤ 0.05; softsign: (1 − |y|)² ≤ 0.05; the piecewise linear ones: slope 0.
 */
const flatEnds: Readonly<Record<string, FlatEnds>> = {
  sigmoid: { low: (1 - Math.sqrt(0.95)) / 2, high: (1 + Math.sqrt(0.95)) / 2 },
  tanh: { low: -Math.sqrt(0.95), high: Math.sqrt(0.95) },
  softsign: { low: Math.sqrt(0.05) - 1, high: 1 - Math.sqrt(0.05) },
  relu: { low: 0, high: Number.NaN },
  relu6: { low: 0, high: 6 },
  hardSigmoid: { low: 0, high: 1 },
};

/** @returns share of the values, 0 to 1; 0 for an activation without flat ends. NaN is in no flat end. */
export function saturatedFraction(layer: tf.LayersModel["layers"][number], values: Float32Array): number {
  const ends = flatEnds[activationName(layer)];
  return ends ? countFlat(values, ends) / values.length : 0;
}

/** Without a branch: no processor foresees which outputs of a relu are 0. */
function countFlat(values: Float32Array, { low, high }: FlatEnds): number {
  let flat = 0;
  for (let i = 0; i < values.length; i++) {
    const y = values[i] as number;
    flat += +(y <= low) | +(y >= high);
  }
  return flat;
}

function activationName(layer: tf.LayersModel["layers"][number]): string {
  const { activation } = layer as unknown as { activation?: { getClassName(): string } | null };
  return activation?.getClassName() ?? (layer.getClassName() === "ReLU" ? "relu" : "linear");
}

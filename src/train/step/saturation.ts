/** How much of a layer's output lies in the flat ends of its activation function. */
import { layerActivations } from "../../base/activations.js";
import type { tf } from "../../native/index.js";
import { type CellCounts, countBetween } from "./cellCounts.js";
import { cellsOfSign, nearestBoundary } from "./cells.js";

/** Outputs at most the first and at least the second. */
type FlatEnds = readonly [low: number, high: number];

/**
 * By activation: where the slope is at most 5 % of the steepest, to 0.4 % of the output.
 * sigmoid: y(1 − y) ≤ 0.05·¼; tanh: 1 − y² ≤ 0.05; softsign: (1 − |y|)² ≤ 0.05; the piecewise linear ones: slope 0.
 */
const flatEnds: Readonly<Record<string, FlatEnds>> = {
  sigmoid: [(1 - Math.sqrt(0.95)) / 2, (1 + Math.sqrt(0.95)) / 2],
  tanh: [-Math.sqrt(0.95), Math.sqrt(0.95)],
  softsign: [Math.sqrt(0.05) - 1, 1 - Math.sqrt(0.05)],
  relu: [0, Number.POSITIVE_INFINITY],
  relu6: [0, 6],
  hardSigmoid: [0, 1],
};

/**
 * @param counts of the layer's output, counted last
 * @returns share of the values, 0 to 1; 0 for an activation without flat ends. NaN is in no flat end.
 */
export function saturatedFraction(layer: tf.LayersModel["layers"][number], counts: CellCounts): number {
  const ends = flatEnds[activationName(layer)];
  if (!ends) return 0;
  const [low, high] = ends;
  // Zeros lie at place 0.
  const below = countBetween(counts, -cellsOfSign, low === 0 ? 1 : nearestBoundary(low));
  const above =
    high === Number.POSITIVE_INFINITY ? 0 : countBetween(counts, nearestBoundary(high), cellsOfSign);
  return (below + above) / (counts.finite + counts.nonFinite);
}

/** As TensorFlow.js calls it, of a layer that is an activation too. */
export function activationName(layer: tf.LayersModel["layers"][number]): string {
  const { activation } = layer as unknown as { activation?: { getClassName(): string } | null };
  return activation?.getClassName() ?? layerActivations.get(layer.getClassName()) ?? "linear";
}

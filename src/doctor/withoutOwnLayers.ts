import { isOwnLayer } from "./ownLayers.js";
import type { RunView } from "./runView.js";
import type { Prescription } from "./verdict.js";

/**
 * Where numbers grew in a layer of one's own, which stands where an activation does: all of its kind go (AUTOTRAINER's first
 * repair). Nothing for other layers.
 */
export function withoutOwnLayers({ run }: RunView, layer: string | undefined): Prescription[] {
  const layers = run.record.model?.layers ?? [];
  const grown = layers.find(({ name }) => name === layer);
  if (!grown || !isOwnLayer(grown)) return [];
  const names = layers.filter((one) => isOwnLayer(one) && one.kind === grown.kind).map(({ name }) => name);
  return [
    {
      text: `Use SELU with LeCun initialisation instead of ${grown.kind}, in which numbers grew: it keeps mean and variance from layer to layer`,
      code: 'tf.layers.dense({ ...options, activation: "selu", kernelInitializer: "leCunNormal" })',
      change: { model: { removeLayers: names, activation: "selu", initializer: "lecunNormal" } },
    },
  ];
}

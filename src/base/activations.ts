/** Activations by the names of TensorFlow.js, as models and records have them. */

/** Those of layers that are nothing else, by the layer's class. */
export const layerActivations: ReadonlyMap<string, string> = new Map([
  ["ReLU", "relu"],
  ["ThresholdedReLU", "thresholdedReLU"],
]);

/** With an output of exactly 0, without a slope, for a whole range of sums. */
export const rectifiers: readonly string[] = ["relu", "relu6", "thresholdedReLU"];

/** Where the configuration refers to layers by name. */
const referring = new Set(["name", "inboundNodes", "inputLayers", "outputLayers"]);

/** Numbers of noise layers and cells, which are inputs of a step, and seeds, which its own takes the place of. */
const ofNoise = /^(rate|stddev|dropout|recurrentDropout|seed)$/;

/**
 * A configuration of TensorFlow.js's own classes without what does not change the computation: names, initial values, and
 * what noise is made by.
 *
 * @param numbers what stands for each layer's name
 */
export function canonicalConfig(config: object, numbers: ReadonlyMap<string, string>): unknown {
  return canonical(config, numbers, false);
}

function canonical(value: unknown, numbers: ReadonlyMap<string, string>, refers: boolean): unknown {
  if (typeof value === "string") return refers ? (numbers.get(value) ?? "") : value;
  if (Array.isArray(value)) return value.map((item) => canonical(item, numbers, refers));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !/Initializer$/.test(key) && !ofNoise.test(key))
      .map(([key, item]) => [key, canonical(item, numbers, refers || referring.has(key))]),
  );
}

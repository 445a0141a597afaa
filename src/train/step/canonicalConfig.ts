/** Where the configuration refers to layers by name. */
const referring = new Set(["name", "inboundNodes", "inputLayers", "outputLayers"]);

/** Numbers of noise layers and cells, and seeds. */
const ofNoise = /^(rate|stddev|dropout|recurrentDropout|seed)$/;

export interface CanonicalOptions {
  /** Leave out what noise is made by: where it is no part of the computation, but an input. Default false. */
  readonly withoutNoise?: boolean;
}

/**
 * A configuration of TensorFlow.js's own classes without what does not change the computation: names and initial values.
 *
 * @param numbers what stands for each layer's name
 */
export function canonicalConfig(
  config: object,
  numbers: ReadonlyMap<string, string>,
  { withoutNoise = false }: CanonicalOptions = {},
): unknown {
  const isLeftOut = (key: string) => /Initializer$/.test(key) || (withoutNoise && ofNoise.test(key));
  const canonical = (value: unknown, refers: boolean): unknown => {
    if (typeof value === "string") return refers ? (numbers.get(value) ?? "") : value;
    if (Array.isArray(value)) return value.map((item) => canonical(item, refers));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !isLeftOut(key))
        .map(([key, item]) => [key, canonical(item, refers || referring.has(key))]),
    );
  };
  return canonical(config, false);
}

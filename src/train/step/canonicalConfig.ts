/** Where the configuration refers to layers by name. */
const referring = new Set(["name", "inboundNodes", "inputLayers", "outputLayers"]);

/**
 * A model's configuration without what does not change the computation: names and initial values.
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
      .filter(([key]) => !/Initializer$/.test(key))
      .map(([key, item]) => [key, canonical(item, numbers, refers || referring.has(key))]),
  );
}

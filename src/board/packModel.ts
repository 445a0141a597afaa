/** A run's model as a page carries it: no more than its charts ask of it. */
import type { LayerSummary, ModelSummary } from "../base/modelSummary.js";
import { restOf } from "./tagGroups.js";

/** Layers in order of depth: those that have one of the page's series or histograms. */
export interface PackedModel {
  readonly layers: readonly Pick<LayerSummary, "name" | "weights">[];
  readonly parameters: number;
}

/** With the layers and weights that the tags name. */
export function packModel({ layers, parameters }: ModelSummary, tags: readonly string[]): PackedModel {
  const named = new Set(tags.map(restOf));
  const kept = layers.flatMap(({ name, weights }) => {
    const own = weights.filter((weight) => named.has(weight));
    return own.length > 0 || named.has(name) ? [{ name, weights: own }] : [];
  });
  return { layers: kept, parameters };
}

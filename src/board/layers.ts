/** Series that a run logs once per layer or weight, in order of depth. */
import type { RunData } from "../track/runData.js";
import { prefixOf, restOf } from "./tagGroups.js";

export interface LayerTag {
  readonly tag: string;
  /** The layer's name; with the weight's where a layer has several among the tags. */
  readonly label: string;
}

/**
 * The tags `group/<layer>` or `group/<layer>/<weight>` among `names`, also tags that have no prefix and thereby another
 * group; input side first: by the order of the model in the run's record, else by the order in which they were logged.
 * Of a layer with several weights the kernel stands for it, unless there is none.
 */
export function layerTags(run: RunData, group: string, names: Iterable<string>): LayerTag[] {
  const all = [...names].filter((tag) => prefixOf(tag) === group);
  const byLayer = new Map<string, string[]>();
  for (const tag of inDepthOrder(run, all)) {
    const layer = layerOf(run, restOf(tag));
    byLayer.set(layer, [...(byLayer.get(layer) ?? []), tag]);
  }
  return [...byLayer].flatMap(([layer, weights]) => {
    const kernels = weights.filter((tag) => /kernel$/i.test(tag));
    const shown = kernels.length > 0 ? kernels : weights;
    return shown.map((tag) => ({ tag, label: shown.length === 1 ? layer : restOf(tag) }));
  });
}

function inDepthOrder(run: RunData, names: readonly string[]): string[] {
  const order = (run.record.model?.layers ?? []).flatMap((layer) => [...layer.weights, layer.name]);
  const place = (tag: string) => {
    const at = order.indexOf(restOf(tag));
    return at < 0 ? order.length : at;
  };
  return names
    .map((tag, i) => ({ tag, i }))
    .sort((a, b) => place(a.tag) - place(b.tag) || a.i - b.i)
    .map(({ tag }) => tag);
}

function layerOf(run: RunData, rest: string): string {
  const owner = run.record.model?.layers.find((layer) => layer.name === rest || layer.weights.includes(rest));
  if (owner) return owner.name;
  const slash = rest.lastIndexOf("/");
  return slash > 0 ? rest.slice(0, slash) : rest;
}

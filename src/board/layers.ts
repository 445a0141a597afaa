/** Series that a run logs once per layer or weight, in order of depth. */
import type { RunData } from "../track/runData.js";
import { prefixOf, restOf } from "./tagGroups.js";

export interface LayerTag {
  readonly tag: string;
  /** The layer's name; with the weight's where a layer has several among the tags. */
  readonly label: string;
}

/**
 * The tags `group/<layer>` or `group/<layer>/<weight>` among `names`, input side first: by the order of the model in
 * the run's record, else by the order in which they were logged.
 * Of a layer with several weights the kernel stands for it, unless there is none.
 */
export function layerTags(run: RunData, group: string, names: Iterable<string>): LayerTag[] {
  const rests = [...names].filter((tag) => prefixOf(tag) === group).map(restOf);
  const byLayer = new Map<string, string[]>();
  for (const rest of inDepthOrder(run, rests)) {
    const layer = layerOf(run, rest);
    byLayer.set(layer, [...(byLayer.get(layer) ?? []), rest]);
  }
  return [...byLayer].flatMap(([layer, weights]) => {
    const kernels = weights.filter((rest) => /kernel$/i.test(rest));
    const shown = kernels.length > 0 ? kernels : weights;
    return shown.map((rest) => ({ tag: `${group}/${rest}`, label: shown.length === 1 ? layer : rest }));
  });
}

function inDepthOrder(run: RunData, rests: readonly string[]): string[] {
  const order = (run.record.model?.layers ?? []).flatMap((layer) => [...layer.weights, layer.name]);
  const place = (rest: string) => (order.includes(rest) ? order.indexOf(rest) : order.length);
  return rests
    .map((rest, i) => ({ rest, i }))
    .sort((a, b) => place(a.rest) - place(b.rest) || a.i - b.i)
    .map(({ rest }) => rest);
}

function layerOf(run: RunData, rest: string): string {
  const owner = run.record.model?.layers.find((layer) => layer.name === rest || layer.weights.includes(rest));
  if (owner) return owner.name;
  const slash = rest.lastIndexOf("/");
  return slash > 0 ? rest.slice(0, slash) : rest;
}

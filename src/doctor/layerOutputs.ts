/** What was recorded of the layers' outputs on the sampled steps, input side first. */
import { layerActivations } from "../base/activations.js";
import type { LayerSummary } from "../base/modelSummary.js";
import { isKernel, type RunView } from "./runView.js";
import { median } from "./statistics.js";

/** One series of one layer. Invariant: `values` and `steps` are of equal length. */
export interface LayerOutputs {
  readonly layer: string;
  /** Of the layer itself; undefined where the record says none. */
  readonly activation: string | undefined;
  readonly tag: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** As the record has it, of a layer that is an activation too. */
function activationOf({ activation, kind }: LayerSummary): string | undefined {
  return activation ?? layerActivations.get(kind);
}

/**
 * Layers before the last kernel: what comes after is the model's output, which may be flat or 0 by right.
 *
 * @param layers input side first
 */
function hiddenLayers(layers: readonly LayerSummary[]): readonly LayerSummary[] {
  const last = layers.findLastIndex(({ weights }) => weights.some(isKernel));
  return layers.slice(0, Math.max(last, 0));
}

/** No hidden layer has such an activation, as the record says. Of a run that did nothing its model alone says nothing. */
export function lacksActivation(
  { run }: RunView,
  isAsked: (activation: string | undefined) => boolean,
): boolean {
  const { model } = run.record;
  if (run.scalars.size === 0 || !model) return false;
  return !hiddenLayers(model.layers).some((layer) => isAsked(activationOf(layer)));
}

/**
 * The series of hidden layers; where the record holds no model, of all that were logged, in the order of logging.
 *
 * @param tagOf the name of a layer's series, such as `tags.activationDead`
 */
export function hiddenOutputs(
  { run, series }: RunView,
  tagOf: (layer: string) => string,
  isAsked: (activation: string | undefined) => boolean,
): LayerOutputs[] {
  const { model } = run.record;
  const prefix = tagOf("");
  const layers = model
    ? hiddenLayers(model.layers).map((layer) => ({ name: layer.name, activation: activationOf(layer) }))
    : [...run.scalars.keys()]
        .filter((tag) => tag.startsWith(prefix))
        .map((tag) => ({ name: tag.slice(prefix.length), activation: undefined }));
  return layers.flatMap(({ name, activation }) => {
    const tag = tagOf(name);
    const found = series(tag);
    if (!found || !isAsked(activation)) return [];
    return [
      { layer: name, activation, tag, steps: Array.from(found.steps), values: Array.from(found.values) },
    ];
  });
}

/** A quarter of the sampled steps, three at least: how a run ended. */
export function lastOf(values: readonly number[]): readonly number[] {
  return values.slice(-Math.max(3, Math.ceil(values.length / 4)));
}

/**
 * The place from which on at least four of five values reach the threshold; undefined where the last ones do not.
 *
 * @param values at least one
 */
export function onset(values: readonly number[], threshold: number): number | undefined {
  let reached = 0;
  let first: number | undefined;
  for (let i = values.length - 1; i >= 0; i--) {
    if ((values[i] as number) < threshold) continue;
    reached++;
    if (reached >= 0.8 * (values.length - i)) first = i;
  }
  return first;
}

/** Whether the threshold is reached at the end, and has been for some time. */
export function endsAbove(values: readonly number[], threshold: number): boolean {
  return median(lastOf(values)) >= threshold && onset(values, threshold) !== undefined;
}

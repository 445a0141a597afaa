/** Layers that the record says are not trained, where nobody is likely to have meant it. */
import type { LayerSummary } from "../base/modelSummary.js";
import { tags } from "../base/tags.js";
import type { RunView } from "./runView.js";

/** Kinds that are frozen by themselves in fine-tuning, anywhere in a model. */
const frozenApart = /Normalization$|^Embedding$/;

/** Where branches meet again: one that is frozen may be passed by. */
const joins = /^(Concatenate|Add|Average|Maximum|Minimum|Multiply|Subtract|Dot)$/;

/** At most this share of the layers with weights: where more are frozen, the few that are not are adapters. */
export const mostFrozen = 0.5;

export interface Untrained {
  readonly layers: readonly LayerSummary[];
  /** The nearest trained layer before the first of them. */
  readonly before: LayerSummary;
  /** Trained layers before the first of them. */
  readonly trainedBefore: number;
}

/**
 * Frozen layers that lie between trained ones. To freeze the first layers, whose weights come from elsewhere, is transfer
 * learning; to freeze the last ones is to learn what goes into a model that is done; these are left alone, and models with
 * branches, as the record does not say what lies on which.
 *
 * @returns undefined where there are none
 */
export function untrainedLayers(run: RunView): Untrained | undefined {
  const all = run.run.record.model?.layers ?? [];
  const inputs = all.filter(({ kind }) => kind === "InputLayer").length;
  if (inputs > 1 || all.some(({ kind }) => joins.test(kind))) return undefined;
  const weighted = all.filter(({ parameters, kind }) => parameters > 0 && !frozenApart.test(kind));
  // What was thawed during the training has gradients.
  const isTrained = (layer: LayerSummary) =>
    layer.trainable || layer.weights.some((weight) => run.series(tags.gradientL2(weight)));
  const first = weighted.findIndex(isTrained);
  const last = weighted.findLastIndex(isTrained);
  const layers = weighted.filter((layer, i) => i > first && i < last && !isTrained(layer));
  const at = weighted.indexOf(layers[0] as LayerSummary);
  if (layers.length === 0 || layers.length > mostFrozen * weighted.length) return undefined;
  const trained = weighted.slice(0, at).filter(isTrained);
  return { layers, before: trained.at(-1) as LayerSummary, trainedBefore: trained.length };
}

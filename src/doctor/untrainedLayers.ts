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
  /** Input side first. */
  readonly layers: readonly LayerSummary[];
  /** The nearest trained layer before the first of them, if there is one. */
  readonly before: LayerSummary | undefined;
  /** Trained layers before the first of them. */
  readonly trainedBefore: number;
  /** The kernel of the first of them that shows that nothing was ever learned there. */
  readonly untouched?: Untouched;
}

export interface Untouched {
  readonly weight: string;
  /** Its spread beside that of its initialiser. */
  readonly ratio: number;
  /** By how much two such may differ by chance. */
  readonly tolerance: number;
}

/**
 * Frozen layers that a trained one comes behind, and that either were never trained, as their weights are what initialisers draw
 * (`untouchedBy`), or lie between trained ones, where nothing says that their weights come from elsewhere. To freeze the first
 * layers with weights from elsewhere is transfer learning; to freeze the last ones is to learn what goes into a model that
 * is done; these are left alone, and models with branches, as the record does not say what lies on which.
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
  const between = weighted.filter(
    (layer, i) => i > first && i < last && !isTrained(layer) && layer.zeroBiases !== false,
  );
  const found = between.length <= mostFrozen * weighted.length ? between : [];
  const layers = weighted.filter(
    (layer, i) =>
      found.includes(layer) || (i < last && !isTrained(layer) && untouchedBy(layer) !== undefined),
  );
  const [one] = layers;
  if (!one) return undefined;
  const trained = weighted.slice(0, weighted.indexOf(one)).filter(isTrained);
  const untouched = untouchedBy(one);
  return {
    layers,
    before: trained.at(-1),
    trainedBefore: trained.length,
    ...(untouched && { untouched }),
  };
}

/** A spread that was trained is told from a drawn one from this difference on, and where chance makes less than this of it. */
const leastTolerance = 0.05;
const mostTolerance = 0.5;
/** Standard errors that chance may make; of the spread of n numbers one is 1 / √(2n) of it at most. */
const errors = 4;
/** Rows of a kernel that are recorded. */
const rows = 64;

/** A kernel as its initialiser draws it, beside biases that are all 0: training leaves neither so. */
function untouchedBy({ initial = {}, zeroBiases }: LayerSummary): Untouched | undefined {
  const [entry] = Object.entries(initial);
  if (zeroBiases !== true || !entry) return undefined;
  const [weight, { fanIn, units, std, mean, drawn }] = entry;
  if (drawn === undefined) return undefined;
  const count = Math.min(fanIn, rows) * units;
  const tolerance = Math.max(leastTolerance, errors / Math.sqrt(2 * count));
  const ratio = std / drawn;
  const isCentred = Math.abs(mean) <= (errors * drawn) / Math.sqrt(count);
  const isDrawn = isCentred && Math.abs(ratio - 1) <= tolerance && tolerance <= mostTolerance;
  return isDrawn ? { weight, ratio, tolerance } : undefined;
}

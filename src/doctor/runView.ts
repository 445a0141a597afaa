/** A run as the rules look at it: layers in order of depth with their gradients, losses and metrics by epoch. */
import { tags } from "../base/tags.js";
import { isForeign, usualScalars } from "../track/foreign/usualNames.js";
import {
  type JsonValue,
  type RowLossTable,
  type RunData,
  readRowLosses,
  type ScalarSeries,
} from "../track/index.js";
import { withoutOverwritten } from "../track/withoutOverwritten.js";
import { type DataOfRun, dataOfRun } from "./recordedData.js";

/** Gradient of one layer's weights on the sampled steps; entry i of every list belongs to `steps[i]`. */
export interface LayerGradients {
  readonly layer: string;
  /** The weight that stands for the layer, such as `hidden_1/kernel`. */
  readonly weight: string;
  readonly activation: string | undefined;
  readonly steps: readonly number[];
  /** L2 norm. */
  readonly l2: readonly number[];
  readonly meanAbs: readonly number[];
  /** Share of entries that are exactly zero. */
  readonly zero: readonly number[];
  /** Number of NaN and infinite entries. */
  readonly nonFinite: readonly number[];
}

export interface RunView extends DataOfRun {
  readonly run: RunData;
  /** Input side first. Empty when the run holds no gradients. */
  readonly layers: readonly LayerGradients[];
  /** Values of `epoch/<metric>`, oldest first; empty when not logged. */
  epochs(metric: string): readonly number[];
  /**
   * The base learning rate: as recorded, else the highest logged (a warm-up begins near 0). Undefined when neither
   * says; always above 0.
   */
  readonly learningRate: number | undefined;
  /**
   * What the training samples lost at some epochs, and were told; read anew at each call. Undefined where it was not recorded.
   *
   * @throws as `readRowLosses` where the file is damaged
   */
  rowLosses(): RowLossTable | undefined;
  /** Values of any other series, oldest first. */
  series(tag: string): ScalarSeries | undefined;
}

interface ViewOptions {
  /** Default: those that lie in the run's folder. */
  readonly rowLosses?: () => RowLossTable | undefined;
}

export function viewRun(given: RunData, { rowLosses }: ViewOptions = {}): RunView {
  const run = { ...given, scalars: isForeign(given.record) ? usualScalars(given) : standing(given) };
  return {
    run,
    layers: layersOf(run),
    epochs: (metric) => Array.from(run.scalars.get(tags.epoch(metric))?.values ?? []),
    rowLosses: rowLosses ?? (() => readRowLosses(run.dir)),
    series: (tag) => run.scalars.get(tag),
    ...dataOfRun(run),
    learningRate: baseRate(run),
  };
}

/** What a restart has written anew is judged as it was written last, as charts draw it. */
function standing({ scalars }: RunData): RunData["scalars"] {
  return new Map(Array.from(scalars, ([tag, series]) => [tag, withoutOverwritten(series)]));
}

function baseRate(run: RunData): number | undefined {
  const { learningRate = isForeign(run.record) ? foreignRate(run) : undefined } = run.record.config;
  if (typeof learningRate === "number") return learningRate > 0 ? learningRate : undefined;
  let rate = 0;
  for (const logged of run.scalars.get(tags.learningRate)?.values ?? []) if (logged > rate) rate = logged;
  return rate > 0 ? rate : undefined;
}

/** As PyTorch's programs call it. */
function foreignRate({ record: { config } }: RunData): JsonValue | undefined {
  return config.lr ?? config.learning_rate;
}

/**
 * One weight a layer: its kernel, else the first one logged (PyTorch calls it `weight`).
 * Biases and the scales of normalisation say little about what flows through the depth.
 */
function layersOf(run: RunData): LayerGradients[] {
  const prefix = tags.gradientL2("");
  const logged = [...run.scalars.keys()].filter((tag) => tag.startsWith(prefix));
  const weights = logged.map((tag) => tag.slice(prefix.length)).filter(isKernel);
  const depth = new Map((run.record.model?.layers ?? []).map(({ name }, i) => [name, i]));
  const order = (weight: string) => depth.get(layerOf(weight)) ?? Number.POSITIVE_INFINITY;
  // A stable sort: without a model the order of logging counts, which is that of depth.
  return weights.sort((a, b) => compare(order(a), order(b))).map((weight) => gradientsOf(run, weight));
}

/** By its name, in TensorFlow.js or PyTorch. */
export function isKernel(weight: string): boolean {
  const name = weight.slice(weight.lastIndexOf("/") + 1);
  return name === "kernel" || name === "weight" || name.endsWith("_kernel");
}

/** `hidden_1` of `hidden_1/kernel`. */
export function layerOf(weight: string): string {
  return weight.slice(0, Math.max(0, weight.lastIndexOf("/"))) || weight;
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function gradientsOf(run: RunData, weight: string): LayerGradients {
  const values = (tag: string) => Array.from(run.scalars.get(tag)?.values ?? []);
  const layer = layerOf(weight);
  return {
    layer,
    weight,
    activation: activationOf(run, layer),
    steps: Array.from(run.scalars.get(tags.gradientL2(weight))?.steps ?? []),
    l2: values(tags.gradientL2(weight)),
    meanAbs: values(tags.gradientMeanAbs(weight)),
    zero: values(tags.gradientZero(weight)),
    nonFinite: values(tags.gradientNonFinite(weight)),
  };
}

/** Of the layer itself, or of the activation layer that follows before the next layer with weights of its own. */
function activationOf(run: RunData, layer: string): string | undefined {
  const layers = run.record.model?.layers ?? [];
  const at = layers.findIndex(({ name }) => name === layer);
  if (at < 0) return undefined;
  const next = layers.findIndex(({ weights }, i) => i > at && weights.some(isKernel));
  const own = layers.slice(at, next < 0 ? undefined : next).map(({ activation }) => activation);
  return own.find((activation) => activation !== undefined && activation !== "linear") ?? own[0];
}

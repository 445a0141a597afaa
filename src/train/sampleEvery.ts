/**
 * How often steps are measured where nobody says so: 40 times a training shows every trend, but no more often than every
 * 20th step; more seldom, in doublings, where measured steps would add more than a fiftieth to the time, as what is recorded
 * of every step may add as much; at least 10 times in any case.
 *
 * What steps cost is reckoned from the model's shapes and not timed: the same training measures the same steps
 * everywhere.
 */
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { tf } from "../native/index.js";

/** The share of a training's time that measured steps may add. */
const budget = 0.02;

/**
 * What two cores take (measured on an EPYC, AVX-512): milliseconds of a plain step among several of a call beside its
 * operations, of a measured one beside its tensors, which is a call of its own and breaks off the others', of 10⁹ operations,
 * of 10⁶ numbers that are looked at of a weight and its gradient, or of an output, and of the norms of 10⁶ numbers of which a
 * sample is looked at.
 */
const cost = { call: 0.1, measured: 3, operations: 8, weights: 5, outputs: 1.5, norms: 1 } as const;

export interface SampledTraining {
  /** Updates of the whole training. */
  readonly steps: number;
  /** Rows of an update. */
  readonly rows: number;
  readonly model: tf.LayersModel;
  /** Of a tensor so many entries are looked at, at most. */
  readonly entries: number;
}

/** Steps from one that is measured to the next, at least 1. */
export function sampleEvery({ steps, ...training }: SampledTraining): number {
  const longest = Math.max(1, Math.floor(steps / 10));
  let every = Math.max(1, Math.min(longest, Math.max(20, Math.round(steps / 40))));
  const { plain, extra } = stepCosts(training);
  while (extra > budget * plain * every && every * 2 <= longest) every *= 2;
  return every;
}

/** Milliseconds of a plain step, and what a measured one takes longer. */
export function stepCosts({ model, rows, entries }: Omit<SampledTraining, "steps">): {
  plain: number;
  extra: number;
} {
  let operations = 0;
  let weights = 0;
  let norms = 0;
  let outputs = 0;
  for (const layer of innermost(model)) {
    const positions = positionsOf(layer);
    // A product and a sum forward, and as many for each of two gradients.
    const isTable = layer.getClassName() === "Embedding";
    for (const { shape } of layer.trainableWeights) {
      const size = sizeOfShape(shape.map((length) => length ?? 1));
      weights += Math.min(size, entries);
      if (size > entries) norms += size;
      if (shape.length > 1 && !isTable) operations += 6 * rows * positions * size;
    }
    outputs += Math.min(rows * sizeOfShape(shapeOf(layer, "outputShapes").slice(1)), entries);
  }
  return {
    plain: cost.call + (cost.operations * operations) / 1e9,
    extra: cost.measured + (cost.weights * weights + cost.norms * norms + cost.outputs * outputs) / 1e6,
  };
}

function innermost(whole: tf.LayersModel | tf.layers.Layer): tf.layers.Layer[] {
  const { layers } = whole as { layers?: tf.layers.Layer[] };
  return layers ? layers.flatMap(innermost) : [whole as tf.layers.Layer];
}

/** How often a kernel is applied to a row: pixels, steps of a series. */
function positionsOf(layer: tf.layers.Layer): number {
  // A convolution has fewer outputs than inputs, and a recurrent layer may give its last step alone.
  const shape = shapeOf(layer, layer.getClassName().startsWith("Conv") ? "outputShapes" : "inputShapes");
  return sizeOfShape(shape.slice(1, -1));
}

/** Of its first input or output where it was first called; 1 for a length that is open. */
function shapeOf(layer: tf.layers.Layer, name: "inputShapes" | "outputShapes"): number[] {
  const { inboundNodes = [] } = layer as unknown as {
    inboundNodes?: Readonly<Record<typeof name, Shapes>>[];
  };
  const shapes = inboundNodes[0]?.[name] ?? [];
  const [first] = shapes;
  return ((Array.isArray(first) ? first : shapes) as Shape).map((length) => length ?? 1);
}

type Shape = readonly (number | null)[];
type Shapes = Shape | readonly Shape[];

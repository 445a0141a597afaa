/** Which classes are TensorFlow.js's own: only of these is known that their configuration says what they compute. */
import { tf } from "../../native/index.js";

type Class = new (...values: never[]) => unknown;

/** Enough for the factories of all layers that need something; each takes what it knows. */
const example = {
  // A layer without a name counts up the names that TensorFlow.js gives to a person's layers.
  name: "example",
  inputShape: [4],
  units: 1,
  filters: 1,
  rate: 0.5,
  targetShape: [1],
  dims: [1],
  n: 1,
  axis: -1,
  axes: 1,
  inputDim: 1,
  outputDim: 1,
  stddev: 1,
  height: 2,
  width: 2,
  factor: 0.5,
  numTokens: 3,
  cell: tf.layers.simpleRNNCell({ name: "example", units: 1 }),
  cells: [tf.layers.simpleRNNCell({ name: "example", units: 1 })],
  layer: tf.layers.simpleRNN({ name: "example", units: 1 }),
};

/** Sizes as one number suit most; some want one for each side. */
const sizes: readonly object[] = [1, [1], [1, 1], [1, 1, 1]].map((side) => ({
  kernelSize: side,
  size: side,
  cropping: side,
}));

/**
 * What TensorFlow.js's factories make. Not taken from its SerializationMap: into that anyone may put a class, under
 * any name, and before this file runs. A class whose factory needs more is left out, which costs a capture of its own
 * and nothing else.
 */
function layerClasses(): Set<Class> {
  const factories = Object.values(tf.layers as unknown as Record<string, (options: object) => object>);
  const made = factories.flatMap((make) =>
    sizes.flatMap((size) => classOf(() => make({ ...example, ...size }))),
  );
  return new Set(made);
}

/** Made when first asked for: importing stays fast. */
let layers: Set<Class> | undefined;

const partClasses = new Set(
  [
    tf.regularizers.l1l2({}),
    tf.constraints.maxNorm({}),
    tf.constraints.minMaxNorm({}),
    tf.constraints.nonNeg(),
    tf.constraints.unitNorm({ axis: 0 }),
  ].map((part) => part.constructor as Class),
);

const activationClasses = new Set(
  [
    "elu",
    "gelu",
    "gelu_new",
    "hardSigmoid",
    "linear",
    "logSoftmax",
    "mish",
    "relu",
    "relu6",
    "selu",
    "sigmoid",
    "softmax",
    "softplus",
    "softsign",
    "swish",
    "tanh",
  ].flatMap((name) =>
    classOf(() => {
      const layer = tf.layers.activation({ name: "example", activation: name as "relu" });
      return (layer as unknown as { activation: object }).activation;
    }),
  ),
);

const modelClasses = new Set<unknown>([tf.LayersModel, tf.Sequential]);

/** Whether an object's class is TensorFlow.js's own, and nothing was put over its `call`. */
export function isOwn(object: object): boolean {
  layers ??= layerClasses();
  const itsClass = object.constructor as Class;
  const known = [layers, partClasses, activationClasses, modelClasses].some((own) => own.has(itsClass));
  return known && !Object.hasOwn(object, "call") && !Object.hasOwn(object, "apply");
}

/** Whether an object's configuration says all that it computes, beside its noise: not so a cell with a person's masks. */
export function isDescribed(object: object): boolean {
  return isOwn(object) && !(object as { dropoutFunc?: unknown }).dropoutFunc;
}

/** Of an example; none if it cannot be made. */
function classOf(make: () => object): Class[] {
  try {
    return [make().constructor as Class];
  } catch (error) {
    if (error instanceof Error) return [];
    throw error;
  }
}

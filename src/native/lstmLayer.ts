/**
 * While a computation is captured, an LSTM runs as a loop in the graph, where its configuration is one that the loop
 * has. Stacks of cells, masks, dropout in the cell and other activations take TensorFlow.js's own way.
 */
import { tf } from "./backend.js";
import { binding } from "./binding.js";
import { isGradientOfGradient } from "./capture/freshTape.js";
import { matMulGains, type ProductTypes, productTypes } from "./capture/narrowProducts.js";
import { DType } from "./dtypes.js";
import type { GateName } from "./recurrent/gates.js";
import { type LstmOptions, type LstmWeights, lstm } from "./recurrent/lstm.js";
import { rowParts } from "./recurrent/rowParts.js";
import { applies } from "./rewrites.js";
import type { LayerWeight } from "./standIns.js";
import { tensorflow } from "./tensorflow.js";

interface Activation {
  getClassName(): string;
}

interface LstmCell {
  readonly units: number;
  readonly activation: Activation;
  readonly recurrentActivation: Activation;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly kernel: LayerWeight;
  readonly recurrentKernel: LayerWeight;
  /** None where the cell has no bias. */
  readonly bias: LayerWeight | null;
}

interface Kwargs {
  readonly mask?: tf.Tensor | tf.Tensor[] | null;
  readonly initialState?: tf.Tensor[] | null;
}

interface Recurrent {
  readonly cell: LstmCell;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly stateful: boolean;
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs | null): tf.Tensor | tf.Tensor[];
}

const prototype = tf.RNN.prototype as unknown as Recurrent;
const cellPrototype: object = Object.getPrototypeOf(tf.layers.lstmCell({ name: "example", units: 1 }));
const original = prototype.call;

prototype.call = function call(this: Recurrent, inputs, kwargs) {
  const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
  const gate = gateOf(this);
  if (gate && isFree() && fits(x, kwargs ?? {}))
    return tf.tidy(() => outputsOf(this, x as tf.Tensor3D, { gate, before: kwargs?.initialState }));
  return original.call(this, inputs, kwargs);
};

/** What the layer's gates are squashed by, where its cell computes what the loop does and draws nothing at random. */
function gateOf({ cell, stateful }: Recurrent): GateName | undefined {
  if (stateful || Object.getPrototypeOf(cell) !== cellPrototype || Object.hasOwn(cell, "call"))
    return undefined;
  const { activation, recurrentActivation, dropout, recurrentDropout } = cell;
  if (activation.getClassName() !== "tanh" || dropout > 0 || recurrentDropout > 0) return undefined;
  const gate = recurrentActivation.getClassName();
  return gate === "sigmoid" || gate === "hardSigmoid" ? gate : undefined;
}

/** Whether a graph grows that may have the loop. Of a loop nobody records a gradient's gradient. */
function isFree(): boolean {
  return applies("lstm") && binding.tracing?.rewrites === true && !isGradientOfGradient();
}

function fits(x: tf.Tensor, { mask, initialState }: Kwargs): boolean {
  const isSeries = x.dtype === "float32" && x.rank === 3 && (x.shape[1] as number) > 0;
  return isSeries && !mask && (!initialState || initialState.length === 2);
}

/** The rows go through the loop in parts, side by side. */
function outputsOf(
  layer: Recurrent,
  x: tf.Tensor3D,
  { gate, before }: { readonly gate: GateName; readonly before: Kwargs["initialState"] },
): tf.Tensor | tf.Tensor[] {
  const { cell, returnState } = layer;
  const weights = {
    kernel: cell.kernel.read(),
    recurrentKernel: cell.recurrentKernel.read(),
    bias: cell.bias?.read(),
  };
  const [n] = x.shape;
  const none = () => tf.zeros([n, cell.units]);
  const [h, c] = before ?? [none(), none()];
  const { gpu, config } = tensorflow();
  // A GPU's own threads share the rows of one loop.
  const sizes = rowParts(n, cell.units, gpu === undefined ? config.interOpThreads : 1);
  const types = typesOf(n, cell.units);
  const [xs, hs, cs] = [x, h, c].map((whole) => split(whole as tf.Tensor, sizes)) as Three;
  const parts = xs.map((part, i) => {
    const given = { h: hs[i] as tf.Tensor, c: cs[i] as tf.Tensor };
    return partOf(layer, part as tf.Tensor3D, { weights, gate, before: given, types });
  });
  const whole = (name: keyof RowsOutputs) => joined(parts.map((part) => part[name]));
  return returnState ? [whole("output"), whole("h"), whole("c")] : whole("output");
}

type Three = [tf.Tensor[], tf.Tensor[], tf.Tensor[]];

function split(whole: tf.Tensor, sizes: readonly number[]): tf.Tensor[] {
  return sizes.length === 1 ? [whole] : tf.split(whole, [...sizes], 0);
}

function joined(parts: readonly tf.Tensor[]): tf.Tensor {
  return parts.length === 1 ? (parts[0] as tf.Tensor) : tf.concat([...parts], 0);
}

interface RowsOutputs {
  /** [n, steps, u] or [n, u] */
  readonly output: tf.Tensor;
  readonly h: tf.Tensor;
  readonly c: tf.Tensor;
}

/** Of some of the rows. */
function partOf(
  { goBackwards, returnSequences }: Recurrent,
  x: tf.Tensor3D,
  { weights, ...how }: { readonly weights: LstmWeights } & Omit<LstmOptions, "sequences">,
): RowsOutputs {
  const inTime = tf.transpose(x, [1, 0, 2]);
  const { h, c, sequences } = lstm(goBackwards ? tf.reverse(inTime, 0) : inTime, weights, {
    ...how,
    sequences: returnSequences,
  });
  return { output: sequences ? tf.transpose(sequences, [1, 0, 2]) : h, h, c };
}

/** Of the products with the recurrent kernel. */
function typesOf(n: number, units: number): ProductTypes {
  const narrow = binding.tracing?.narrow;
  if (narrow && matMulGains(n, units, 4 * units)) return productTypes(narrow);
  return { to: DType.float32, kernel: DType.float32 };
}

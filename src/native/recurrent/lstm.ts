/**
 * A layer of LSTM, as a loop in the graph. TensorFlow.js calls some 40 ops a step, and as many for the gradient: to note
 * and to prepare them takes seconds. Here the products with the inputs of all steps are one outside of the loop, as are
 * those of the weights' gradients.
 */
import { backend, tf } from "../backend.js";
import { recordedGradients } from "../capture/freshTape.js";
import type { ProductTypes } from "../capture/narrowProducts.js";
import { DType } from "../dtypes.js";
import type { TensorMetadata } from "../handles.js";
import { tensorId } from "../tensorId.js";
import type { GateName } from "./gates.js";
import { backwardLoop, forwardLoop, type Loop, stepsPerTurn } from "./lstmTurns.js";
import { emptyList, listOf, noted, noted1, pushed, reservedList, stacked } from "./notedLists.js";

export interface LstmWeights {
  /** [d, 4u] */
  readonly kernel: tf.Tensor;
  /** [u, 4u] */
  readonly recurrentKernel: tf.Tensor;
  /** [4u]; undefined: there is none. */
  readonly bias: tf.Tensor | undefined;
}

export interface LstmOptions {
  readonly gate: GateName;
  /** What comes before the first step, [n, u] each. */
  readonly before: { readonly h: tf.Tensor; readonly c: tf.Tensor };
  /** Whether all steps' outputs are wanted. */
  readonly sequences: boolean;
  /** In what the products with the recurrent kernel are computed. */
  readonly types: ProductTypes;
}

export interface LstmOutputs {
  /** [steps, n, u]; undefined where they are not wanted. */
  readonly sequences: tf.Tensor | undefined;
  /** Of the last step, [n, u] each. */
  readonly h: tf.Tensor;
  readonly c: tf.Tensor;
}

interface Engine {
  runKernelFunc(of: {
    forwardFunc: (backend: unknown, save: (tensors: tf.Tensor[]) => void) => tf.Tensor[];
    backwardsFunc: (slopes: tf.Tensor[], saved: tf.Tensor[]) => Record<string, () => tf.Tensor>;
    inputs: Record<string, tf.Tensor>;
  }): tf.Tensor[];
}

const engine = tf.engine() as unknown as Engine;

/**
 * While a computation is captured alone: what goes from the loop to its gradient is known to the graph only.
 *
 * @param x float32 [steps, n, d], at least one step
 */
export function lstm(x: tf.Tensor3D, weights: LstmWeights, options: LstmOptions): LstmOutputs {
  const [steps, n, d] = x.shape;
  const { kernel, recurrentKernel, bias } = weights;
  const u = recurrentKernel.shape[0] as number;
  const size = { steps, n, u };
  const keeps = recordedGradients() > 0;
  const flat = tf.reshape(x, [steps * n, d]);
  const product = tf.matMul(flat, kernel);
  const inputs = tf.reshape(bias ? tf.add(product, bias) : product, [steps, n, 4 * u]);
  const run = { inputs, recurrentKernel, ...options.before };
  let kept: number | undefined;
  const [h, c, sequences] = engine.runKernelFunc({
    inputs: run,
    forwardFunc: (_, save) => {
      const done = forward(run, size, { ...options, keeps });
      kept = done.kept;
      save([recurrentKernel, done.states]);
      const { h: last, c: lastC, states } = done;
      return options.sequences ? [last, lastC, rows(states, 1, steps)] : [last, lastC];
    },
    backwardsFunc: (slopes, [weights, states]) => {
      const given = { kernel: weights as tf.Tensor, states: states as tf.Tensor, kept: kept as number };
      const made = backward(slopes, given, { ...size, ...options });
      return Object.fromEntries(Object.entries(made).map(([name, slope]) => [name, () => slope]));
    },
  }) as [tf.Tensor, tf.Tensor, tf.Tensor?];
  return { h, c, sequences };
}

type Run = Readonly<Record<"inputs" | "recurrentKernel" | "h" | "c", tf.Tensor>>;
interface Size {
  readonly steps: number;
  readonly n: number;
  readonly u: number;
}

/** `states` are all steps' h, that before the first in front: [steps + 1, n, u]. */
function forward(
  { inputs, recurrentKernel, h, c }: Run,
  { steps, n, u }: Size,
  { gate, types, keeps }: LstmOptions & { readonly keeps: boolean },
) {
  const empty = emptyList([n, u]);
  const begin = [
    tf.scalar(0, "int32"),
    tf.scalar(steps, "int32"),
    listOf(inputs),
    narrow(recurrentKernel, types),
    h,
    c,
    pushed(empty, h),
    ...(keeps ? [empty] : []),
  ];
  const ends = looped(forwardLoop({ gate, types, perTurn: stepsPerTurn(steps) }, keeps), begin);
  const [lastH, lastC, states, kept] = ends.slice(4) as [...Metadata3, TensorMetadata?];
  return {
    h: backend.createOutputTensor(lastH),
    c: backend.createOutputTensor(lastC),
    states: stacked(states.id, steps + 1, [n, u]),
    kept: kept?.id,
  };
}

type Metadata3 = [TensorMetadata, TensorMetadata, TensorMetadata];

/** The gradients of what `forward` was given. */
function backward(
  [dh, dc, above]: readonly tf.Tensor[],
  { kernel, states, kept }: { readonly kernel: tf.Tensor; readonly states: tf.Tensor; readonly kept: number },
  { steps, n, u, gate, types }: Size & LstmOptions,
): Run {
  const begin = [
    tf.scalar(steps, "int32"),
    narrow(tf.transpose(kernel), types),
    dh as tf.Tensor,
    dc as tf.Tensor,
    kept,
    reservedList(steps, [n, 4 * u]),
    ...(above ? [listOf(above)] : []),
  ];
  const ends = looped(
    backwardLoop({ gate, types, perTurn: stepsPerTurn(steps) }, above !== undefined),
    begin,
  );
  const [h, c, , slopes] = ends.slice(2) as [...Metadata3, TensorMetadata];
  const inputs = stacked(slopes.id, steps, [n, 4 * u]);
  const beforeEach = tf.reshape(rows(states, 0, steps), [steps * n, u]);
  const flat = tf.reshape(inputs, [steps * n, 4 * u]);
  const recurrentKernel = tf.matMul(beforeEach, flat, true);
  return { inputs, recurrentKernel, h: backend.createOutputTensor(h), c: backend.createOutputTensor(c) };
}

function looped({ types, condition, body }: Loop, begin: readonly (tf.Tensor | number)[]): TensorMetadata[] {
  const ids = begin.map((one) => (typeof one === "number" ? one : tensorId(one)));
  const attributes = {
    typeLists: { T: types },
    functions: { cond: condition, body },
    // Else each turn would be the call of a function, one op after another.
    bools: { _lower_using_switch_merge: true },
  };
  return noted("StatelessWhile", attributes, ids, types.length);
}

function rows(tensor: tf.Tensor, begin: number, count: number): tf.Tensor {
  const [, n, u] = tensor.shape as [number, number, number];
  return tf.slice(tensor, [begin, 0, 0], [count, n, u]);
}

/** Rounded, of the type that the loop wants. TensorFlow.js has no name for it. */
function narrow(tensor: tf.Tensor, { to, kernel }: ProductTypes): number {
  return cast(cast({ id: tensorId(tensor), dtype: DType.float32 }, to), kernel).id;
}

function cast(of: { readonly id: number; readonly dtype: number }, to: number) {
  if (of.dtype === to) return of;
  return noted1("Cast", { types: { SrcT: of.dtype, DstT: to } }, [of.id]);
}

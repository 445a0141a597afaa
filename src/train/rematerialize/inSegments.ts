/** A model's pass in segments, of which nothing is kept for the gradient but what goes into each: it is computed again. */
import { withFreshTape } from "../../native/capture/freshTape.js";
import { heldBack } from "../../native/capture/heldBack.js";
import { tf } from "../../native/index.js";
import { drawingAgain, drawnSoFar } from "../../native/random.js";
import { withWeights } from "../step/weightSwap.js";
import type { Cut } from "./cuts.js";

/** Part of a model: from its inputs to its outputs. */
interface Segment {
  readonly inputs: readonly tf.SymbolicTensor[];
  readonly outputs: readonly tf.SymbolicTensor[];
  /** Those that its layers have. */
  readonly weights: readonly tf.Variable[];
}

export interface InSegments {
  readonly cuts: readonly Cut[];
  /** The weights whose gradients are asked for. */
  readonly trained: readonly tf.Variable[];
  /** What was made beside the model's outputs so far; it keeps what it is made of until it is computed. */
  readonly beside?: (() => readonly tf.Tensor[]) | undefined;
}

interface Engine {
  gradients(
    compute: () => tf.Tensor,
    of: readonly tf.Tensor[],
    slope: tf.Tensor,
    allowNone: true,
  ): { grads: (tf.Tensor | undefined)[] };
}

const engine = tf.engine() as unknown as Engine;

/**
 * What `model.apply(x, { training: true })` returns, for a gradient that is taken around it.
 *
 * The last segment's gradient comes first, so its tensors are kept. Each other's layers run once more when the gradient
 * of its output is there: on the same input, weights and noise, and what they assign the second time is forgotten.
 * TensorFlow computes what it can in any order. So a segment waits for all that still needs the tensors of the one before
 * it, forward and backward: else several would be held at a time.
 */
export function inSegments(
  model: tf.LayersModel,
  x: readonly tf.Tensor[],
  { cuts, trained, beside = () => [] }: InSegments,
): tf.Tensor[] {
  const wanted = new Set(trained);
  const segments = segmentsOf(model, cuts);
  const last = segments.pop() as Segment;
  let given = x;
  /** Whether a gradient is wanted of what goes into the segment. */
  let flows = false;
  let done: readonly tf.Tensor[] = [];
  for (const segment of segments) {
    const variables = segment.weights.filter((weight) => wanted.has(weight));
    const forward = () => heldBack(run(segment, given)[0] as tf.Tensor, beside());
    const backward = (again: Again, of: Wanted) => {
      // Some are disposed: those of a shared layer's weights, which were added up.
      const until = done.filter(({ isDisposed }) => !isDisposed);
      done = gradients(segment, { ...again, until: [again.dy, ...until] }, of);
      return done;
    };
    const output =
      flows || variables.length > 0
        ? computedAgain(segment, given, { of: { variables, input: flows }, forward, backward })
        : forward();
    flows ||= variables.length > 0;
    given = [output];
  }
  return run(last, given);
}

/** What a segment's gradient is wanted of, beside which its output is computed. */
interface Wanted {
  readonly variables: readonly tf.Variable[];
  readonly input: boolean;
}

/** What a segment is computed again from. */
interface Again {
  /** What went in, then all weights as they were then. */
  readonly saved: readonly tf.Tensor[];
  /** How many random numbers had been drawn before. */
  readonly drawn: number;
  /** The gradient of the output. */
  readonly dy: tf.Tensor;
}

/** A segment's one output. */
function computedAgain(
  segment: Segment,
  x: readonly tf.Tensor[],
  how: {
    of: Wanted;
    forward: () => tf.Tensor;
    backward: (again: Again, of: Wanted) => readonly tf.Tensor[];
  },
): tf.Tensor {
  const { of, forward, backward } = how;
  const compute = tf.customGrad((...values) => {
    const save = values.at(-1) as unknown as (kept: tf.Tensor[]) => void;
    const drawn = drawnSoFar();
    save([...x, ...segment.weights]);
    const gradFunc = (slope: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) => {
      const [dy] = (Array.isArray(slope) ? slope : [slope]) as [tf.Tensor];
      return [...backward({ saved, drawn, dy }, of)];
    };
    return { value: forward(), gradFunc };
  });
  return compute(...(of.input ? x : []), ...of.variables);
}

/** @param until what is to be computed before the segment is */
function gradients(
  segment: Segment,
  { saved, drawn, dy, until }: Again & { until: readonly tf.Tensor[] },
  of: Wanted,
): tf.Tensor[] {
  return tf.tidy(() => {
    const count = segment.inputs.length;
    const late = <T extends tf.Tensor>(tensor: T) => heldBack(tensor, until);
    const x = saved.slice(0, count).map(late);
    const wanted = [...(of.input ? x : []), ...of.variables];
    const compute = () => run(segment, x)[0] as tf.Tensor;
    const { grads } = withWeights(segment.weights, saved.slice(count), () =>
      drawingAgain(drawn, late, () => withFreshTape(() => engine.gradients(compute, wanted, dy, true))),
    );
    return wanted.map((tensor, i) => grads[i] ?? tf.zerosLike(tensor));
  });
}

function segmentsOf(model: tf.LayersModel, cuts: readonly Cut[]): Segment[] {
  const ends = [...cuts.map(({ tensor }) => [tensor]), model.outputs];
  return ends.map((outputs, i) => {
    const inputs = ends[i - 1] ?? model.inputs;
    return { inputs, outputs, weights: weightsBetween(inputs, outputs) };
  });
}

/** Each once, also those of a layer that is used twice. */
function weightsBetween(
  inputs: readonly tf.SymbolicTensor[],
  outputs: readonly tf.SymbolicTensor[],
): tf.Variable[] {
  const found = new Set<tf.SymbolicTensor>(inputs);
  const weights = new Set<tf.Variable>();
  const open = [...outputs];
  for (let tensor = open.pop(); tensor; tensor = open.pop()) {
    if (found.has(tensor)) continue;
    found.add(tensor);
    const { weights: own } = tensor.sourceLayer as unknown as { weights: { val: tf.Variable }[] };
    for (const { val } of own) weights.add(val);
    open.push(...tensor.inputs);
  }
  return [...weights];
}

type ContainerCall = (
  this: Pick<Segment, "inputs" | "outputs">,
  x: readonly tf.Tensor[],
  options: { training: boolean },
) => tf.Tensor[];

/** TensorFlow.js's way through a model reads of it only where it begins and ends. */
function run(segment: Segment, x: readonly tf.Tensor[]): tf.Tensor[] {
  const { call } = tf.LayersModel.prototype as unknown as { call: ContainerCall };
  return call.call(segment, x, { training: true });
}

/** Gradients through a captured function: a second captured function, which computes the first once more. */
import { tf } from "../backend.js";
import type { ReusedTensor } from "../reusedTensor.js";
import { runTraced } from "./runTraced.js";
import { type TracedFunction, traceFunction } from "./traceFunction.js";

/** What a gradient is computed from. */
export interface Backward {
  readonly arguments: readonly tf.Tensor[];
  /** Places of the arguments that a gradient is wanted of. */
  readonly differentiable: readonly number[];
  readonly variables: readonly tf.Variable[];
  /** One for each result of the function; gradients of its float32 ones. */
  readonly slopes: readonly tf.Tensor[];
}

interface Engine {
  runKernelFunc(of: {
    forwardFunc: (backend: unknown, save: (tensors: tf.Tensor[]) => void) => tf.Tensor[];
    backwardsFunc: (slopes: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) => Record<string, () => tf.Tensor>;
    inputs: Record<string, tf.Tensor>;
  }): tf.Tensor[];
  gradients(
    compute: () => tf.Tensor,
    of: readonly tf.Tensor[],
    slope: null,
    allowNone: true,
  ): { value: tf.Tensor; grads: (tf.Tensor | undefined)[] };
}

const engine = tf.engine() as unknown as Engine;
const isFloat = ({ dtype }: tf.Tensor) => dtype === "float32";

/** Runs `forward` so that the gradient being recorded flows through it, to its arguments and its variables. */
export function withGradient(
  forward: TracedFunction,
  from: {
    arguments: readonly tf.Tensor[];
    seed: ReusedTensor;
    /** The seed's values in this call, which the gradient needs again. */
    drawn: Int32Array;
    backward: (of: Backward) => TracedFunction;
  },
): tf.Tensor[] {
  const { seed, drawn } = from;
  const differentiable = from.arguments.flatMap((tensor, i) => (isFloat(tensor) ? [i] : []));
  const variables = forward.sources.flatMap((source) =>
    "variable" in source && isFloat(source.variable) ? [source.variable] : [],
  );
  const inputs = [...differentiable.map((i) => from.arguments[i] as tf.Tensor), ...variables];
  const run = () => runTraced(forward, { arguments: from.arguments, seed: seed.handle });
  if (inputs.length === 0) return run();
  return engine.runKernelFunc({
    inputs: Object.fromEntries(inputs.entries()),
    forwardFunc: (_, save) => {
      save([...from.arguments, ...variables]);
      return run();
    },
    backwardsFunc: (slope, saved) => {
      const slopes = Array.isArray(slope) ? slope : [slope];
      const given = saved.slice(0, from.arguments.length);
      const backward = from.backward({ arguments: given, differentiable, variables, slopes });
      const values = new Map(
        variables.map((variable, i) => [variable, saved[given.length + i] as tf.Tensor]),
      );
      seed.write(drawn);
      const gradients = runTraced(backward, { arguments: [...given, ...slopes], seed: seed.handle, values });
      return Object.fromEntries(gradients.map((gradient, i) => [i, () => gradient]));
    },
  });
}

/** @param compute the function's results from symbols of its arguments */
export function traceBackward(
  label: string,
  compute: (symbols: readonly tf.Tensor[]) => readonly tf.Tensor[],
  of: Backward,
): TracedFunction {
  return traceFunction({
    label: `gradient of the ${label}`,
    arguments: [...of.arguments, ...of.slopes],
    writes: false,
    compute: (symbols) => {
      const given = symbols.slice(0, of.arguments.length);
      const inputs = [...of.differentiable.map((i) => given[i] as tf.Tensor), ...of.variables];
      const slopes = symbols.slice(given.length);
      const { grads } = engine.gradients(() => weighted(compute(given), slopes), inputs, null, true);
      return grads.map((gradient, i) => gradient ?? tf.zerosLike(inputs[i] as tf.Tensor));
    },
  });
}

/** Σ rᵢ·slopeᵢ: its gradient with respect to rᵢ is slopeᵢ. */
function weighted(results: readonly tf.Tensor[], slopes: readonly tf.Tensor[]): tf.Tensor {
  const terms = results.flatMap((result, i) =>
    isFloat(result) ? [tf.sum(tf.mul(result, slopes[i] as tf.Tensor))] : [],
  );
  return terms.reduce((total, term) => tf.add(total, term), tf.scalar(0));
}

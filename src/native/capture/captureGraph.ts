/** Captures a TensorFlow.js computation as one TensorFlow function. */
import { backend, tf } from "../backend.js";
import { binding } from "../binding.js";
import { DType } from "../dtypes.js";
import { knownType } from "../op.js";
import { type RewriteName, withoutRewrites } from "../rewrites.js";
import { tensorflow } from "../tensorflow.js";
import { tensorId } from "../tensorId.js";
import { CapturedFunction } from "./capturedFunction.js";
import { CaptureError } from "./captureError.js";
import { withFreshTape } from "./freshTape.js";
import { hostWatch } from "./hostWatch.js";
import { TracedVariables } from "./tracedVariables.js";
import { Tracer, type TracerOptions } from "./tracer.js";

/** What the traced computation may ask for. */
export interface CaptureScope {
  /** A tensor given at each call, in the order asked for. */
  input(dtype: number, shape: readonly number[]): tf.Tensor;
  /** A variable's resource handle given at each call; `shape` is its value's. */
  variable(shape: readonly number[]): tf.Tensor;
}

export interface GraphOptions extends Pick<TracerOptions, "products"> {
  /** Rewrites to leave out: what they compute is computed as TensorFlow.js does. Default: none. */
  readonly without?: readonly RewriteName[];
}

/**
 * Runs `build` once without computing anything: every op that depends on an input is noted instead.
 *
 * @param build Makes the outputs from the scope's inputs with TensorFlow.js ops. At least one output. Writes to
 *   variables happen before the first output is returned.
 * @param options `products`, such as `"bfloat16"`: what products are computed in where that gains, by `narrowProducts.ts`
 * @throws CaptureError when it reads values, draws random numbers on the host, reads or makes a TensorFlow.js
 *   variable, or uses an op whose output's shape depends on values.
 * @example
 * const square = captureGraph((scope) => [tf.square(scope.input(DType.float32, [3]))]);
 */
export function captureGraph(
  build: (scope: CaptureScope) => tf.Tensor[],
  { without = [], ...options }: GraphOptions = {},
): CapturedFunction {
  return withoutRewrites(without, () => captured(build, options));
}

function captured(build: (scope: CaptureScope) => tf.Tensor[], options: TracerOptions): CapturedFunction {
  const begin = performance.now();
  const native = tensorflow();
  const tracer = new Tracer(native, binding, options);
  const variables = new TracedVariables(tracer, refuse);
  try {
    const outputs = trace(tracer, () => build(scopeOf(tracer)).map(tensorId));
    if (outputs.length === 0)
      throw new TypeError("capturing a computation needs at least one output, but it has none");
    return new CapturedFunction(native, tracer.graph, {
      inputs: tracer.inputs,
      outputs: tracer.endWith(outputs),
      begin,
    });
  } finally {
    variables.restore();
    tracer.graph.delete();
  }
}

/**
 * Notes the ops of `build` in the tracer's graph, and that its outputs are needed.
 *
 * Runs in a tidy: symbols and constants made on the host end with it, what they stand for is in the graph.
 *
 * @returns the outputs' ids
 */
export function trace(tracer: Tracer, build: () => number[]): number[] {
  let ids: number[] = [];
  const noted = () =>
    tf.tidy(() => {
      ids = build();
      for (const id of ids) tracer.resolve(id);
    });
  withFreshTape(() => hostWatch(() => binding.intercept(tracer, noted)));
  return ids;
}

/** A tensor that stands for an input of the function. */
export function symbol(tracer: Tracer, dtype: number, shape: readonly number[]): tf.Tensor {
  return backend.createOutputTensor(knownType(tracer.input(dtype, shape)));
}

/** What a traced computation asks `tracer` for. */
export function scopeOf(tracer: Tracer): CaptureScope {
  return {
    input: (dtype, shape) => symbol(tracer, dtype, shape),
    variable(shape) {
      const handle = symbol(tracer, DType.resource, []);
      tracer.declareVariable(tensorId(handle), shape);
      return handle;
    },
  };
}

/** The weights have other data meanwhile, which stand for their resources. */
export function refuse({ name }: tf.Variable): never {
  throw new CaptureError(
    `the variable "${name}" is none of the model's weights, so a capture would freeze its value: a layer makes its weights with addWeight, and hands on those of layers within it`,
  );
}

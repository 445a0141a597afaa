/** Captures a TensorFlow.js computation as one TensorFlow function. */
import { backend, tf } from "../backend.js";
import { binding } from "../binding.js";
import { AttrType } from "../opAttributes.js";
import { tensorflow } from "../tensorflow.js";
import { CapturedFunction } from "./capturedFunction.js";
import { CaptureError } from "./captureError.js";
import { Tracer } from "./tracer.js";

/** What the traced computation may ask for. */
export interface CaptureScope {
  /** A tensor given at each call, in the order asked for. */
  input(dtype: number, shape: readonly number[]): tf.Tensor;
  /** A variable's resource handle given at each call; `shape` is its value's. */
  variable(shape: readonly number[]): tf.Tensor;
}

/**
 * Runs `build` once without computing anything: every op that depends on an input is noted instead.
 *
 * @param build Makes the outputs from the scope's inputs with TensorFlow.js ops. At least one output. Writes to
 *   variables happen before the first output is returned.
 * @throws CaptureError when it reads values, draws random numbers on the host, reads a foreign variable, or uses an
 *   op whose output's shape depends on values.
 * @example
 * const square = capture((scope) => [tf.square(scope.input(DType.float32, [3]))]);
 */
export function capture(build: (scope: CaptureScope) => tf.Tensor[]): CapturedFunction {
  const native = tensorflow();
  const tracer = new Tracer(native, binding, ownerOfVariable);
  try {
    const outputs = withoutHostRandomness(() =>
      binding.intercept(tracer, () => traced(tracer, () => build(scopeOf(tracer)))),
    );
    const [first, ...rest] = outputs;
    if (first === undefined)
      throw new TypeError("capturing a computation needs at least one output, but it has none");
    const last = tracer.graph.addOp({
      name: "Identity",
      attributes: [],
      inputs: [tracer.resolve(first)],
      after: tracer.effects,
    });
    const result = tracer.graph.outputOf(last, 0, { op: "Identity" });
    return new CapturedFunction(native, tracer.graph, {
      inputs: tracer.inputs,
      outputs: [result, ...rest.map((id) => tracer.resolve(id))],
    });
  } finally {
    tracer.graph.delete();
  }
}

function scopeOf(tracer: Tracer): CaptureScope {
  return {
    input: (dtype, shape) => placeholder(dtype, shape),
    variable(shape) {
      const handle = placeholder(binding.TF_RESOURCE, []);
      tracer.declareVariable(tensorId(handle), shape);
      return handle;
    },
  };
}

function placeholder(dtype: number, shape: readonly number[]): tf.Tensor {
  const attributes = [
    { name: "dtype", type: AttrType.type, value: dtype },
    { name: "shape", type: AttrType.shape, value: shape },
  ];
  return backend.executeMultipleOutputs("Placeholder", attributes, [], 1)[0] as tf.Tensor;
}

/** Runs the trace inside a tidy: its symbols and host-made constants end with it, what they stand for is in the graph. */
function traced(tracer: Tracer, build: () => tf.Tensor[]): number[] {
  let ids: number[] = [];
  tf.tidy(() => {
    ids = build().map(tensorId);
    for (const id of ids) tracer.resolve(id);
  });
  return ids;
}

interface TensorMap {
  get(dataId: object): { id: number; values: unknown; shape: number[]; dtype: number } | undefined;
}

const tensorMap = (backend as unknown as { tensorMap: TensorMap }).tensorMap;

/** The binding's id of a tensor; uploads its values first if they are still on the host. */
export function tensorId(tensor: tf.TensorInfo): number {
  const info = tensorMap.get(tensor.dataId);
  if (!info) throw new RangeError(`a tensor of shape [${tensor.shape}] was used after it was disposed`);
  if (info.values !== null && info.values !== undefined) {
    info.id = binding.createTensor(info.shape, info.dtype, info.values as never);
    info.values = null;
  }
  return info.id;
}

/** The name of the variable that holds this tensor, if one does. */
function ownerOfVariable(id: number): string | undefined {
  const variables = Object.values(tf.engine().registeredVariables);
  return variables.find((variable) => !variable.isDisposed && tensorMap.get(variable.dataId)?.id === id)
    ?.name;
}

/**
 * TensorFlow.js draws random tensors on the host, from seeds it takes from Math.random unless it is given one: such
 * numbers would be the same at every replay. A tensor made from a given seed is the same at every step anyway.
 */
function withoutHostRandomness<T>(run: () => T): T {
  const random = Math.random;
  Math.random = () => {
    throw new CaptureError(
      "random numbers drawn on the host (tf.randomUniform and the like) cannot be captured",
    );
  };
  try {
    return run();
  } finally {
    Math.random = random;
  }
}

/** Notes what a function of tensors and variables computes, for arguments of one signature. */
import type { tf } from "../backend.js";
import { binding } from "../binding.js";
import { DType } from "../dtypes.js";
import type { Handle } from "../handles.js";
import { withSeed } from "../random.js";
import { check, tensorflow } from "../tensorflow.js";
import { tensorId } from "../tensorId.js";
import { CapturedFunction } from "./capturedFunction.js";
import { symbol, trace } from "./captureGraph.js";
import { type Explanation, explanationOf } from "./explanation.js";
import type { GraphTensor } from "./graph.js";
import { type TracedVariable, TracedVariables } from "./tracedVariables.js";
import { Tracer } from "./tracer.js";

/** Where one input of the graph function comes from at each call. */
export type Source =
  | { readonly kind: "seed" }
  | { readonly kind: "argument"; readonly index: number }
  /** The variable's resource, which the function writes to. */
  | { readonly kind: "state"; readonly variable: tf.Variable }
  /** The variable's value. */
  | { readonly kind: "value"; readonly variable: tf.Variable }
  /** A tensor of outside, too large for a constant in the graph. */
  | { readonly kind: "held"; readonly handle: Handle };

/** Lifecycle: made by a trace, run any number of times, its call and what it holds freed once. */
export interface TracedFunction {
  readonly call: CapturedFunction;
  readonly sources: readonly Source[];
  readonly explanation: Explanation;
}

export interface FunctionTrace {
  /** In messages and profiles. */
  readonly label: string;
  /** Whose types and shapes the function is captured for. */
  readonly arguments: readonly tf.Tensor[];
  /** Makes the results from symbols of the arguments. */
  readonly compute: (symbols: readonly tf.Tensor[]) => readonly tf.Tensor[];
  /** False: what the computation assigns to variables is forgotten. Default true. */
  readonly writes?: boolean;
}

/** Constants of more bytes than this are inputs: the graph would copy them. */
const largestConstant = 1024;

/** @throws CaptureError when it does what a graph cannot. */
export function traceFunction(from: FunctionTrace): TracedFunction {
  const begin = performance.now();
  const native = tensorflow();
  const held = new Map<number, Handle>();
  const tracer: Tracer = new Tracer(native, binding, { outside: (id) => hold(tracer, held, id) });
  const variables = new TracedVariables(tracer);
  try {
    const ids = trace(tracer, () => {
      const results = compute(tracer, from);
      if (from.writes ?? true) variables.write();
      return results;
    });
    const outputs = tracer.endWith(ids);
    const { inputs, sources } = ends(tracer, { variables, held, arguments: from.arguments.length });
    const call = new CapturedFunction(native, tracer.graph, { inputs, outputs, label: from.label, begin });
    const needed = tracer.graph.needed(outputs, inputs);
    const milliseconds = performance.now() - begin;
    return { call, sources, explanation: explanationOf(tracer.noted, needed, milliseconds) };
  } catch (error) {
    for (const { id } of held.values()) binding.deleteTensor(id);
    throw error;
  } finally {
    variables.restore();
    tracer.graph.delete();
  }
}

function compute(tracer: Tracer, from: FunctionTrace): number[] {
  const seed = symbol(tracer, DType.int32, [2]) as tf.Tensor1D;
  const symbols = from.arguments.map((tensor) => {
    const { dtype, shape } = binding.handle(tensorId(tensor), "a captured function");
    return symbol(tracer, dtype, shape);
  });
  return withSeed(seed, () => from.compute(symbols)).map(tensorId);
}

/** An input for a large tensor, which lives as long as the captured function does. */
function hold(tracer: Tracer, held: Map<number, Handle>, id: number): GraphTensor | undefined {
  const { pointer, shape, dtype } = binding.handle(id, "capturing");
  if (shape.reduce((product, size) => product * size, 4) <= largestConstant || dtype === DType.resource)
    return undefined;
  const native = tensorflow();
  const copy = native.api.TFE_TensorHandleCopySharingTensor(pointer, native.status);
  check(native, () => "keeping a tensor for a captured function failed");
  held.set(tracer.inputs.length, binding.adoptHandle(copy));
  return tracer.resolve(tracer.input(dtype, shape).id);
}

/** The function's inputs, in the order of their placeholders. A variable that is only read is given by its value. */
function ends(
  tracer: Tracer,
  from: { variables: TracedVariables; held: ReadonlyMap<number, Handle>; arguments: number },
): { inputs: GraphTensor[]; sources: Source[] } {
  const { traced, written } = from.variables;
  const pairs = tracer.inputs.map((input, i): [GraphTensor, Source] => {
    if (i === 0) return [input, { kind: "seed" }];
    if (i <= from.arguments) return [input, { kind: "argument", index: i - 1 }];
    const handle = from.held.get(i);
    if (handle) return [input, { kind: "held", handle }];
    const one = traced.get(i) as TracedVariable;
    const { variable } = one;
    if (written.has(variable)) return [input, { kind: "state", variable }];
    return [from.variables.valueOf(one), { kind: "value", variable }];
  });
  return { inputs: pairs.map(([input]) => input), sources: pairs.map(([, source]) => source) };
}

/** Frees what a traced function holds. */
export function disposeTraced({ call, sources }: TracedFunction): void {
  call.dispose();
  for (const source of sources) if (source.kind === "held") binding.deleteTensor(source.handle.id);
}

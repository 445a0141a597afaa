import { backend, type tf } from "../backend.js";
import { binding } from "../binding.js";
import type { Handle } from "../handles.js";
import { knownType } from "../op.js";
import { stateVariable } from "../stateVariable.js";
import { tensorId } from "../tensorId.js";
import type { Source, TracedFunction } from "./traceFunction.js";

export interface TracedCall {
  readonly arguments: readonly tf.Tensor[];
  /** int32 [2] */
  readonly seed: Handle;
  /** Values to take for variables instead of their present ones. */
  readonly values?: ReadonlyMap<tf.Variable, tf.Tensor>;
}

/** One call of a traced function: its results, which are the caller's, and its writes to variables. */
export function runTraced({ call, sources }: TracedFunction, given: TracedCall): tf.Tensor[] {
  const handles = sources.map((source) => handleOf(source, given));
  try {
    return call
      .run(handles)
      .map((pointer) => backend.createOutputTensor(knownType(binding.adoptHandle(pointer))));
  } finally {
    for (const source of sources) if (source.kind === "state") stateVariable(source.variable).changed();
  }
}

function handleOf(source: Source, given: TracedCall): Handle {
  if (source.kind === "seed") return given.seed;
  if (source.kind === "held") return source.handle;
  if (source.kind === "argument") return live(given.arguments[source.index] as tf.Tensor);
  const { kind, variable } = source;
  const value = given.values?.get(variable);
  if (value) return live(value);
  if (variable.isDisposed)
    throw new ReferenceError(
      `a captured function uses the variable "${variable.name}", which was disposed: call forget() on the function`,
    );
  return kind === "state" ? stateVariable(variable).lend(variable) : live(variable);
}

function live(tensor: tf.Tensor): Handle {
  return binding.handle(tensorId(tensor), "a captured function");
}

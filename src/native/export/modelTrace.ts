/** What a model's prediction computes, noted for a batch of one size. */
import type { tf } from "../backend.js";
import { binding } from "../binding.js";
import { CaptureError } from "../capture/captureError.js";
import { symbol, trace } from "../capture/captureGraph.js";
import type { Graph, GraphTensor } from "../capture/graph.js";
import { TracedVariables } from "../capture/tracedVariables.js";
import { Tracer } from "../capture/tracer.js";
import { DType } from "../dtypes.js";
import type { Pointer } from "../ffi.js";
import { tensorflow } from "../tensorflow.js";
import { tensorId } from "../tensorId.js";

/** Lifecycle: made by a trace; whoever made it deletes the graph. */
export interface ModelTrace {
  /** How many rows it was traced for. */
  readonly batch: number;
  readonly graph: Graph;
  /** In the model's order. */
  readonly inputs: readonly GraphTensor[];
  readonly outputs: readonly GraphTensor[];
  /** By the placeholder that stands for the variable's resource. */
  readonly variables: ReadonlyMap<Pointer, tf.Variable>;
}

/**
 * Applies the model to symbols as `predict` does, dropout off and batch norm by its averages. The ops are noted as they
 * are called, without a capture's rewriting, so that every TensorFlow has them.
 *
 * @throws CaptureError for what a graph cannot do, and for a layer that assigns a variable while it predicts.
 */
export function traceModel(model: tf.LayersModel, batch: number): ModelTrace {
  const tracer = new Tracer(tensorflow(), binding, { rewrites: false });
  const variables = new TracedVariables(tracer);
  try {
    const ids = trace(tracer, () => {
      const outputs = predict(model, symbolsOf(tracer, model, batch));
      variables.write();
      return outputs;
    });
    refuseWrites(variables);
    const places = [...variables.traced].map(([place, { variable }]): [Pointer, tf.Variable] => [
      (tracer.inputs[place] as GraphTensor).output.oper,
      variable,
    ]);
    return {
      batch,
      graph: tracer.graph,
      inputs: tracer.inputs.slice(0, model.inputs.length),
      outputs: ids.map((id) => tracer.resolve(id)),
      variables: new Map(places),
    };
  } catch (error) {
    tracer.graph.delete();
    throw error;
  } finally {
    variables.restore();
  }
}

function symbolsOf(tracer: Tracer, model: tf.LayersModel, batch: number): tf.Tensor[] {
  return model.inputs.map(({ dtype, shape }) =>
    symbol(tracer, DType[dtype ?? "float32"], [batch, ...(shape.slice(1) as number[])]),
  );
}

function predict(model: tf.LayersModel, inputs: readonly tf.Tensor[]): number[] {
  const given = inputs.length === 1 ? (inputs[0] as tf.Tensor) : [...inputs];
  const outputs = model.apply(given, { training: false }) as tf.Tensor | tf.Tensor[];
  return (Array.isArray(outputs) ? outputs : [outputs]).map(tensorId);
}

function refuseWrites({ written }: TracedVariables): void {
  const [variable] = written;
  if (variable)
    throw new CaptureError(
      `exporting a model needs layers that only read their variables when they predict, but "${variable.name}" is assigned`,
    );
}

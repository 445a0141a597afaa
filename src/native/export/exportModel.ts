/** What is written of a model's prediction as a saved model. */
import type { tf } from "../backend.js";
import { Graph } from "../capture/graph.js";
import { tensorflow } from "../tensorflow.js";
import { AlignedTraces } from "./alignedTraces.js";
import { ExportedVariables } from "./exportedVariables.js";
import { GraphWriter } from "./graphWriter.js";
import { type ModelTrace, traceModel } from "./modelTrace.js";
import { addPrediction, type GraphEnd } from "./predictionGraph.js";
import { type NamedEnd, savedModelFile } from "./savedModelFile.js";
import { addSaver, saveValues } from "./saver.js";
import type { SavedModelContent } from "./writeSavedModel.js";

/**
 * @param batches the sizes to trace it for: one, which the saved model is fixed to, or three
 * @throws CaptureError for what a graph cannot do, or not for batches of any size.
 */
export function exportModel(model: tf.LayersModel, batches: readonly number[]): SavedModelContent {
  const traces: ModelTrace[] = [];
  const graph = new Graph(tensorflow());
  try {
    for (const batch of batches) traces.push(traceModel(model, batch));
    return contentOf(model, new GraphWriter(graph), traces);
  } finally {
    graph.delete();
    for (const trace of traces) trace.graph.delete();
  }
}

function contentOf(
  model: tf.LayersModel,
  writer: GraphWriter,
  traces: readonly ModelTrace[],
): SavedModelContent {
  const names = { inputs: once(model.inputNames), outputs: once(model.outputNames) };
  const variables = new ExportedVariables(writer, model, traces[0]?.variables.values() ?? []);
  const ends = addPrediction(writer, new AlignedTraces(traces), {
    ...names,
    resourceOf: (variable) => variables.resourceOf(variable),
  });
  const { all } = variables;
  const saver = all.length > 0 ? addSaver(writer, all) : undefined;
  const file = savedModelFile(tensorflow(), {
    graph: writer.graph,
    inputs: named(ends.inputs, names.inputs),
    outputs: named(ends.outputs, names.outputs),
    variables: all,
    saver,
  });
  return { file, saveValues: saver && ((prefix) => saveValues(all, prefix)) };
}

/** A layer with several outputs gives all of them its name. */
function once(names: readonly string[]): string[] {
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name}_${before}`;
  });
}

function named(ends: readonly GraphEnd[], names: readonly string[]): NamedEnd[] {
  return ends.map((end, i) => ({ ...end, name: names[i] as string }));
}

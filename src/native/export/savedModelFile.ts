/** The file saved_model.pb: a graph, how its variables are restored, and its signature. */

import type { Graph } from "../capture/graph.js";
import { filledBuffer } from "../filledBuffer.js";
import { serializedOpDef } from "../opDef.js";
import { field, mapField, message } from "../protobufWriter.js";
import { check, type TensorFlow } from "../tensorflow.js";
import { definitionOf, type ExportedVariable } from "./exportedVariables.js";
import type { GraphEnd } from "./predictionGraph.js";
import type { Saver } from "./saver.js";

/** One input or output, as the signature calls it. */
export interface NamedEnd extends GraphEnd {
  readonly name: string;
}

export interface SavedModelParts {
  readonly graph: Graph;
  readonly inputs: readonly NamedEnd[];
  readonly outputs: readonly NamedEnd[];
  readonly variables: readonly ExportedVariable[];
  readonly saver: Saver | undefined;
}

/** tensorflow/core/protobuf/saved_model.proto: SavedModel, its version 1, with one graph. */
export function savedModelFile(tf: TensorFlow, parts: SavedModelParts): Uint8Array {
  return message(field(1, 1), field(2, metaGraph(tf, parts)));
}

/** meta_graph.proto: MetaGraphDef. */
function metaGraph(
  tf: TensorFlow,
  { graph, inputs, outputs, variables, saver }: SavedModelParts,
): Uint8Array {
  const opList = message(...graph.kinds.map((name) => field(1, serializedOpDef(tf, name))));
  const info = message(field(2, opList), field(4, "serve"), field(5, tf.api.TF_Version()));
  const described = (ends: readonly NamedEnd[]) => ends.map((end) => tensorInfo(graph, end));
  const signature = message(
    mapField(1, described(inputs)),
    mapField(2, described(outputs)),
    field(3, "tensorflow/serving/predict"),
  );
  return message(
    field(1, info),
    field(2, graphDef(tf, graph)),
    ...(saver ? [field(3, saverDef(saver))] : []),
    mapField(4, [
      ["variables", definitions(variables)],
      ["trainable_variables", definitions(variables.filter(({ trainable }) => trainable))],
    ]),
    mapField(5, [["serving_default", signature]]),
  );
}

function graphDef(tf: TensorFlow, graph: Graph): Uint8Array {
  return filledBuffer(tf, (buffer) => {
    tf.api.TF_GraphToGraphDef(graph.pointer, buffer, tf.status);
    check(tf, () => "writing the graph of a model failed");
  });
}

/** TensorInfo: name = 1, dtype = 2, tensor_shape = 3; TensorShapeProto: dim = 2 with size = 1. */
function tensorInfo(graph: Graph, { name, tensor, shape }: NamedEnd): [string, Uint8Array] {
  const dims = shape.map((size) => field(2, field(1, size)));
  const { oper, index } = tensor.output;
  return [
    name,
    message(field(1, `${graph.nameOf(oper)}:${index}`), field(2, tensor.dtype), field(3, message(...dims))),
  ];
}

/** saver.proto: SaverDef, its second format. */
function saverDef({ filename, save, restore }: Saver): Uint8Array {
  return message(field(1, filename), field(2, save), field(3, restore), field(7, 2));
}

/** CollectionDef: bytes_list = 2 with value = 1. */
function definitions(variables: readonly ExportedVariable[]): Uint8Array {
  return field(2, message(...variables.map((variable) => field(1, definitionOf(variable)))));
}

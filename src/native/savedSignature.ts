/** What a saved model's file says of its signatures: names, types and shapes of what goes in and comes out. */
import { nearestName } from "../base/nearestName.js";
import { fieldsOf } from "./protobuf.js";

/** One input or output of a signature. */
export interface SavedTensorInfo {
  /** As the signature calls it. */
  readonly name: string;
  /** `op:index` in the graph; empty for what is made of several tensors, as a sparse one. */
  readonly graphName: string;
  /** `TF_DataType`. */
  readonly dtype: number;
  /** -1 where a size is free; undefined where not even the rank is known. */
  readonly shape: readonly number[] | undefined;
}

/** Inputs and outputs are sorted by name: the file keeps no order. */
export interface SavedSignature {
  readonly name: string;
  readonly inputs: readonly SavedTensorInfo[];
  readonly outputs: readonly SavedTensorInfo[];
}

/** One graph of a saved model. */
export interface SavedGraph {
  readonly tags: readonly string[];
  /** Sorted by name. */
  readonly signatures: readonly SavedSignature[];
}

/** TensorFlow's own: it says how to begin, and nobody asks for it. */
const initial = "__saved_model_init_op";

/** Reads tensorflow/core/protobuf/saved_model.proto: SavedModel.meta_graphs = 2. No graphs where it is another file. */
export function savedGraphs(bytes: Uint8Array): SavedGraph[] {
  return messages(bytes, 2).map(savedGraph);
}

/**
 * @param tags exactly those of the graph, in any order
 * @throws RangeError that names those there are, where there is no such graph.
 */
export function graphOf(graphs: readonly SavedGraph[], tags: readonly string[]): SavedGraph {
  const found = graphs.find((graph) => together(graph.tags) === together(tags));
  if (found) return found;
  const all = graphs.map((graph) => together(graph.tags));
  throw new RangeError(
    `loading a saved model needs the tags of one of its graphs (${all.join("; ")}), but was given ${together(tags) || "none"}${nearest(together(tags), all)}`,
  );
}

/** @throws RangeError that names those there are, where the graph has no such signature. */
export function signatureOf(graph: SavedGraph, name: string): SavedSignature {
  const found = graph.signatures.find((signature) => signature.name === name);
  if (found) return found;
  const names = graph.signatures.map((signature) => signature.name);
  throw new RangeError(
    `loading a saved model needs one of its signatures (${names.join(", ") || "it has none"}), but was given ${name}${nearest(name, names)}`,
  );
}

/** A sentence's end with the name that was meant. */
export function nearest(wrong: string, names: readonly string[]): string {
  const near = nearestName(wrong, names);
  return near === undefined ? "" : `; the nearest is ${near}`;
}

function together(tags: readonly string[]): string {
  return [...tags].sort().join(", ");
}

/** MetaGraphDef: meta_info_def = 1 with tags = 4, signature_def = 5, a map. */
function savedGraph(bytes: Uint8Array): SavedGraph {
  const tags = messages(bytes, 1).flatMap((info) => messages(info, 4).map(text));
  const signatures = entries(bytes, 5).filter(([name]) => name !== initial);
  return { tags, signatures: signatures.map(savedSignature).sort(byName) };
}

/** SignatureDef: inputs = 1, outputs = 2, both maps. */
function savedSignature([name, bytes]: [string, Uint8Array]): SavedSignature {
  const tensors = (field: number) => entries(bytes, field).map(tensorInfo).sort(byName);
  return { name, inputs: tensors(1), outputs: tensors(2) };
}

/** TensorInfo: name = 1, dtype = 2, tensor_shape = 3. */
function tensorInfo([name, bytes]: [string, Uint8Array]): SavedTensorInfo {
  let dtype = 0;
  let shape: SavedTensorInfo["shape"];
  for (const { number, value, content } of fieldsOf(bytes)) {
    if (number === 2) dtype = value;
    else if (number === 3 && content) shape = shapeOf(content);
  }
  return { name, graphName: messages(bytes, 1).map(text)[0] ?? "", dtype, shape };
}

/** TensorShapeProto: dim = 2 with size = 1, of which negative ones are free; unknown_rank = 3. */
function shapeOf(bytes: Uint8Array): SavedTensorInfo["shape"] {
  for (const { number, value } of fieldsOf(bytes)) if (number === 3 && value !== 0) return undefined;
  return messages(bytes, 2).map((dim) => {
    const size = [...fieldsOf(dim)].find(({ number }) => number === 1)?.value ?? 0;
    // A negative number's varint reads as one of nearly 2^64.
    return size >= 2 ** 63 ? -1 : size;
  });
}

/** The order of tfjs-node's, which is that of UTF-16 units. */
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function messages(bytes: Uint8Array, field: number): Uint8Array[] {
  return [...fieldsOf(bytes)].flatMap(({ number, content }) =>
    number === field && content ? [content] : [],
  );
}

/** Of a map: each entry is a message of key = 1 and value = 2. */
function entries(bytes: Uint8Array, field: number): [string, Uint8Array][] {
  return messages(bytes, field).map((entry) => [
    messages(entry, 1).map(text)[0] ?? "",
    messages(entry, 2)[0] ?? new Uint8Array(),
  ]);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

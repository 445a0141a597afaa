/**
 * A model's layers as TensorFlow's GraphDef, which TensorBoard draws, and a GraphDef as nodes.
 * Source: tensorflow/core/framework/graph.proto, node_def.proto, attr_value.proto.
 */
import { dataType, shape } from "./eventFields.js";
import { ProtoMessage, ProtoReader } from "./protobuf.js";

export interface GraphNode {
  /** With `/` between a nested model and what is in it. */
  readonly name: string;
  /** A layer's class, such as `Dense`; an op's name in graphs that others wrote. */
  readonly kind: string;
  /** Names of the nodes whose outputs go in. */
  readonly inputs: readonly string[];
  /** Of what it puts out, one for each output; null where a size is open, as a batch's. Empty where it is not known. */
  readonly shapes: readonly (readonly (number | null)[])[];
  /** How many numbers its weights hold; absent in graphs that others wrote. */
  readonly parameters?: number;
  readonly trainable?: boolean;
}

const graphDef = { node: 1, versions: 4 } as const;
const nodeDef = { name: 1, op: 2, input: 3, attributes: 5 } as const;
const attribute = { list: 1, integer: 3, boolean: 5, type: 6 } as const;
const listOfShapes = 7;
/** A protobuf map is a list of such entries. */
const mapEntry = { key: 1, value: 2 } as const;
const versions = { producer: 1 } as const;
/** TensorFlow's present graph version is far above; nothing here needs more than the first of the formats in use. */
const producer = 22;
const names = {
  shapes: "_output_shapes",
  parameters: "parameters",
  trainable: "trainable",
  type: "T",
} as const;
/** −1 as int64: a size that is open. */
const openSize = Buffer.from([shape.size * 8, ...Array<number>(9).fill(0xff), 0x01]);

export function encodeGraph(nodes: readonly GraphNode[]): Buffer {
  const graph = new ProtoMessage();
  for (const node of nodes) graph.message(graphDef.node, encodeNode(node));
  return graph.message(graphDef.versions, new ProtoMessage().integer(versions.producer, producer)).encode();
}

function encodeNode({ name, kind, inputs, shapes, parameters, trainable }: GraphNode): ProtoMessage {
  const message = new ProtoMessage().string(nodeDef.name, name).string(nodeDef.op, kind);
  for (const input of inputs) message.string(nodeDef.input, input);
  const set = (key: string, value: ProtoMessage) =>
    message.message(
      nodeDef.attributes,
      new ProtoMessage().string(mapEntry.key, key).message(mapEntry.value, value),
    );
  set(names.type, new ProtoMessage().integer(attribute.type, dataType.float));
  if (shapes.length > 0) set(names.shapes, new ProtoMessage().message(attribute.list, encodeShapes(shapes)));
  if (parameters !== undefined)
    set(names.parameters, new ProtoMessage().integer(attribute.integer, parameters));
  if (trainable !== undefined)
    set(names.trainable, new ProtoMessage().integer(attribute.boolean, trainable ? 1 : 0));
  return message;
}

function encodeShapes(shapes: GraphNode["shapes"]): ProtoMessage {
  const list = new ProtoMessage();
  for (const sizes of shapes) {
    const one = new ProtoMessage();
    for (const size of sizes)
      if (size === null) one.bytes(shape.dimension, openSize);
      else one.message(shape.dimension, new ProtoMessage().integer(shape.size, size));
    list.message(listOfShapes, one);
  }
  return list;
}

/** Throws a `SyntaxError` if the bytes are no GraphDef. */
export function decodeGraph(bytes: Buffer): GraphNode[] {
  const nodes: GraphNode[] = [];
  const reader = new ProtoReader(bytes);
  while (reader.next()) if (reader.field === graphDef.node) nodes.push(decodeNode(reader.message()));
  return nodes;
}

function decodeNode(reader: ProtoReader): GraphNode {
  const node = { name: "", kind: "", inputs: [] as string[], shapes: [] as (number | null)[][] };
  const facts: { parameters?: number; trainable?: boolean } = {};
  while (reader.next()) {
    if (reader.field === nodeDef.name) node.name = reader.string();
    else if (reader.field === nodeDef.op) node.kind = reader.string();
    else if (reader.field === nodeDef.input) node.inputs.push(reader.string());
    else if (reader.field === nodeDef.attributes) {
      const { key, integer, boolean, shapes } = decodeAttribute(reader.message());
      if (key === names.shapes) node.shapes = shapes;
      else if (key === names.parameters) facts.parameters = integer;
      else if (key === names.trainable) facts.trainable = boolean;
    }
  }
  return { ...node, ...facts };
}

interface Attribute {
  key: string;
  integer: number;
  boolean: boolean;
  shapes: (number | null)[][];
}

/** A number that is 0 may be left out. */
function decodeAttribute(entry: ProtoReader): Attribute {
  const found: Attribute = { key: "", integer: 0, boolean: false, shapes: [] };
  while (entry.next()) {
    if (entry.field === mapEntry.key) found.key = entry.string();
    else if (entry.field === mapEntry.value) {
      const value = entry.message();
      while (value.next()) {
        if (value.field === attribute.integer) found.integer = value.integer();
        else if (value.field === attribute.boolean) found.boolean = value.integer() === 1;
        else if (value.field === attribute.list) found.shapes = decodeShapes(value.message());
      }
    }
  }
  return found;
}

function decodeShapes(list: ProtoReader): (number | null)[][] {
  const shapes: (number | null)[][] = [];
  while (list.next()) {
    if (list.field !== listOfShapes) continue;
    const one = list.message();
    const sizes: (number | null)[] = [];
    while (one.next()) if (one.field === shape.dimension) sizes.push(decodeSize(one.message()));
    shapes.push(sizes);
  }
  return shapes;
}

function decodeSize(dimension: ProtoReader): number | null {
  let size = 0;
  while (dimension.next()) if (dimension.field === shape.size) size = dimension.integer();
  // A negative number is read as one near 2^64.
  return size < 2 ** 53 ? size : null;
}

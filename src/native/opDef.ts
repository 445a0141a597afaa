/** What TensorFlow says of an op: which of its inputs and outputs are lists, its attributes, and whether it has side effects. */
import type { Pointer } from "./ffi.js";
import { filledBuffer } from "./filledBuffer.js";
import { fieldsOf } from "./protobuf.js";
import { check, type TensorFlow } from "./tensorflow.js";

/** An input or output. */
export interface OpInput {
  /** The attribute that holds the length of a list of one type, such as `N`; undefined for a single tensor. */
  readonly numberAttribute: string | undefined;
  /** The attribute that holds the types of a list of several. */
  readonly typeListAttribute: string | undefined;
}

export interface OpAttributeDef {
  readonly name: string;
  /** As TensorFlow writes it: `int`, `list(int)`, `type`, … */
  readonly kind: string;
  /** Whether a call must give it: it has no default, and no input tells it. */
  readonly isNeeded: boolean;
}

export interface OpDef {
  readonly inputs: readonly OpInput[];
  readonly outputs: readonly OpInput[];
  readonly attributes: readonly OpAttributeDef[];
  /** Random and resource ops, and all else that must not be folded or repeated. */
  readonly isStateful: boolean;
}

const known = new Map<string, OpDef>();
/** Descriptions are asked of a graph; this one stays empty. */
let graph: Pointer | undefined;

/** @throws TensorFlowError for an op this TensorFlow does not have. */
export function opDef(tf: TensorFlow, name: string): OpDef {
  let found = known.get(name);
  if (!found) {
    found = decodeOpDef(serializedOpDef(tf, name));
    known.set(name, found);
  }
  return found;
}

/** An OpDef message. */
export function serializedOpDef(tf: TensorFlow, name: string): Uint8Array {
  graph ??= tf.api.TF_NewGraph();
  const asked = graph;
  return filledBuffer(tf, (buffer) => {
    tf.api.TF_GraphGetOpDef(asked, name, buffer, tf.status);
    check(tf, () => `${name} is no op of this TensorFlow`);
  });
}

/**
 * Reads tensorflow/core/framework/op_def.proto: OpDef.input_arg = 2, output_arg = 3, attr = 4, is_stateful = 17;
 * ArgDef.type_attr = 4, number_attr = 5, type_list_attr = 6; AttrDef.name = 1, type = 2, default_value = 3.
 */
export function decodeOpDef(bytes: Uint8Array): OpDef {
  const inputs: OpInput[] = [];
  const outputs: OpInput[] = [];
  const attributes: OpAttributeDef[] = [];
  const told = new Set<string>();
  let isStateful = false;
  for (const { number, value, content } of fieldsOf(bytes)) {
    if (number === 2 && content) {
      const texts = textsOf(content);
      for (const name of [4, 5, 6]) told.add(texts.get(name) ?? "");
      inputs.push(listsOf(texts));
    } else if (number === 3 && content) outputs.push(listsOf(textsOf(content)));
    else if (number === 4 && content) attributes.push(decodeAttribute(content));
    else if (number === 17) isStateful = value !== 0;
  }
  const needed = attributes.map((one) => (told.has(one.name) ? { ...one, isNeeded: false } : one));
  return { inputs, outputs, attributes: needed, isStateful };
}

function listsOf(texts: ReadonlyMap<number, string>): OpInput {
  return { numberAttribute: texts.get(5), typeListAttribute: texts.get(6) };
}

function decodeAttribute(bytes: Uint8Array): OpAttributeDef {
  const texts = textsOf(bytes);
  const hasDefault = [...fieldsOf(bytes)].some(({ number }) => number === 3);
  return { name: texts.get(1) ?? "", kind: texts.get(2) ?? "", isNeeded: !hasDefault };
}

/** The fields that hold texts, and those that hold messages, whose bytes mean nothing as a text; none is empty. */
function textsOf(bytes: Uint8Array): Map<number, string> {
  const texts = new Map<number, string>();
  for (const { number, content } of fieldsOf(bytes))
    if (content?.length) texts.set(number, new TextDecoder().decode(content));
  return texts;
}

/** What TensorFlow says of an op: which of its inputs are lists, and whether it has side effects. */
import type { Pointer } from "../ffi.js";
import { filledBuffer } from "../filledBuffer.js";
import { fieldsOf } from "../protobuf.js";
import { check, type TensorFlow } from "../tensorflow.js";

export interface OpInput {
  /** The attribute that holds the length of a list of one type, such as `N`; undefined for a single tensor. */
  readonly numberAttribute: string | undefined;
  /** The attribute that holds the types of a list of several. */
  readonly typeListAttribute: string | undefined;
}

export interface OpDef {
  readonly inputs: readonly OpInput[];
  /** Random and resource ops, and all else that must not be folded or repeated. */
  readonly isStateful: boolean;
}

const known = new Map<string, OpDef>();

/** @throws TensorFlowError for an op this TensorFlow does not have. */
export function opDef(tf: TensorFlow, graph: Pointer, name: string): OpDef {
  let found = known.get(name);
  if (!found) {
    found = decodeOpDef(serializedOpDef(tf, graph, name));
    known.set(name, found);
  }
  return found;
}

/** An OpDef message. */
export function serializedOpDef(tf: TensorFlow, graph: Pointer, name: string): Uint8Array {
  return filledBuffer(tf, (buffer) => {
    tf.api.TF_GraphGetOpDef(graph, name, buffer, tf.status);
    check(tf, () => `${name} is no op of this TensorFlow`);
  });
}

/** Reads tensorflow/core/framework/op_def.proto: OpDef.input_arg = 2, is_stateful = 17; ArgDef.number_attr = 5, type_list_attr = 6. */
export function decodeOpDef(bytes: Uint8Array): OpDef {
  const inputs: OpInput[] = [];
  let isStateful = false;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 2 && field.content) inputs.push(decodeInput(field.content));
    else if (field.number === 17) isStateful = field.value !== 0;
  }
  return { inputs, isStateful };
}

function decodeInput(bytes: Uint8Array): OpInput {
  let numberAttribute: string | undefined;
  let typeListAttribute: string | undefined;
  for (const { number, content } of fieldsOf(bytes)) {
    if (number === 5 && content?.length) numberAttribute = new TextDecoder().decode(content);
    else if (number === 6 && content?.length) typeListAttribute = new TextDecoder().decode(content);
  }
  return { numberAttribute, typeListAttribute };
}

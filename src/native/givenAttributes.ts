/** Which attributes a call must give, and of what kind: oneDNN's rewriting of ops ends the process where one lacks. */
import { AttrType, type OpAttribute } from "./opAttributes.js";
import { type OpAttributeDef, opDef } from "./opDef.js";
import type { TensorFlow } from "./tensorflow.js";

interface Call {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
}

const kinds: Readonly<Record<number, string>> = {
  [AttrType.string]: "string",
  [AttrType.int]: "int",
  [AttrType.float]: "float",
  [AttrType.bool]: "bool",
  [AttrType.type]: "type",
  [AttrType.func]: "func",
};
const listKinds: Readonly<Record<number, string>> = {
  [AttrType.int]: "list(int)",
  [AttrType.float]: "list(float)",
  [AttrType.bool]: "list(bool)",
  [AttrType.shape]: "shape",
  [AttrType.typeList]: "list(type)",
  [AttrType.stringList]: "list(string)",
};

/**
 * Attributes that the op has not are left to TensorFlow, which passes over them: tfjs-node gives some.
 *
 * @throws TypeError for one that is needed and not given, or of another kind than the op's; TensorFlowError for an op
 *   that is none.
 */
export function checkGivenAttributes(tf: TensorFlow, call: Call): void {
  for (const definition of opDef(tf, call.name).attributes) checkAttribute(call, definition);
}

function checkAttribute({ name, attributes }: Call, definition: OpAttributeDef): void {
  // TensorFlow keeps the first of a name.
  const given = attributes.find((attribute) => attribute.name === definition.name);
  if (!given) {
    if (!definition.isNeeded) return;
    throw new TypeError(
      `${name} needs the attribute ${definition.name} (${definition.kind}), but was given none`,
    );
  }
  const kind = (Array.isArray(given.value) ? listKinds : kinds)[given.type];
  if (kind === definition.kind) return;
  throw new TypeError(
    `${name} needs the attribute ${definition.name} as ${definition.kind}, but was given ${kind}`,
  );
}

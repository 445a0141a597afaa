/**
 * How many tensors an op takes and gives: TensorFlow reads past its own description of the op where one too many comes,
 * and makes room for as many outputs as an attribute says, before it looks at how many are wanted.
 */
import type { OpAttribute } from "./opAttributes.js";
import { type OpInput, opDef } from "./opDef.js";
import type { TensorFlow } from "./tensorflow.js";

interface Call {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly unknown[];
}

/** @throws RangeError when the op takes another number of tensors; TensorFlowError for an op that is none. */
export function checkInputCount(tf: TensorFlow, call: Call): void {
  const given = call.inputs.length;
  let least = 0;
  let most = 0;
  for (const input of opDef(tf, call.name).inputs) {
    const length = lengthOf(input, call);
    least += length ?? 0;
    most += length ?? Number.POSITIVE_INFINITY;
  }
  if (given >= least && given <= most) return;
  const needed = most === least ? `${least}` : `at least ${least}`;
  throw new RangeError(`${call.name} needs ${needed} input${least === 1 ? "" : "s"}, but was given ${given}`);
}

/** @throws RangeError when the op gives more tensors than the call has room for. */
export function checkOutputCount(tf: TensorFlow, call: Call, room: number): void {
  let least = 0;
  for (const output of opDef(tf, call.name).outputs) least += lengthOf(output, call) ?? 0;
  if (least <= room) return;
  throw new RangeError(
    `${call.name} gives ${least} output${least === 1 ? "" : "s"}, but the call has room for ${room}`,
  );
}

/** 1 for a single tensor; of a list as its attribute says, and undefined where that is not given. */
function lengthOf({ numberAttribute, typeListAttribute }: OpInput, { attributes }: Call): number | undefined {
  const attribute = numberAttribute ?? typeListAttribute;
  if (attribute === undefined) return 1;
  // TensorFlow keeps the first of a name.
  const value = attributes.find(({ name }) => name === attribute)?.value;
  if (Array.isArray(value)) return value.length;
  return typeof value === "number" ? value : undefined;
}

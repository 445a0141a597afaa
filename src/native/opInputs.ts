/** How many tensors an op takes: TensorFlow reads past its own description of the op where one too many comes. */
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

/** 1 for a single tensor; of a list as its attribute says, and undefined where that is not given. */
function lengthOf({ numberAttribute, typeListAttribute }: OpInput, { attributes }: Call): number | undefined {
  const attribute = numberAttribute ?? typeListAttribute;
  if (attribute === undefined) return 1;
  const value = attributes.find(({ name }) => name === attribute)?.value;
  if (Array.isArray(value)) return value.length;
  return typeof value === "number" ? value : undefined;
}

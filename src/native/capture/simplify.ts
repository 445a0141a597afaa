/** Ops that change nothing: a capture leaves them out and lets their input stand for their output. */
import { AttrType, type OpAttribute } from "../opAttributes.js";
import type { GraphTensor } from "./graph.js";

export interface TracedCall {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly number[];
  readonly outputs: number;
}

/**
 * Whether `call` returns its first input as it is: a cast to the same type, a reshape to the same shape, an identity.
 *
 * @param first the op's first input
 * @param valuesOf the values of a live tensor; undefined for one that only exists in the graph
 */
export function changesNothing(
  call: TracedCall,
  first: GraphTensor,
  valuesOf: (id: number) => ArrayLike<number> | undefined,
): boolean {
  if (call.name === "Identity") return true;
  if (call.name === "Cast") return typeAttribute(call, "DstT") === first.dtype;
  if (call.name !== "Reshape") return false;
  const wanted = valuesOf(call.inputs[1] ?? 0);
  return (
    wanted !== undefined &&
    wanted.length === first.shape.length &&
    first.shape.every((size, axis) => wanted[axis] === size)
  );
}

function typeAttribute(call: TracedCall, name: string): unknown {
  return call.attributes.find((attribute) => attribute.name === name && attribute.type === AttrType.type)
    ?.value;
}

/** What a check looks at, before an op that would end the process at a wrong call. */
import { DType } from "../dtypes.js";
import { describe, type TensorMetadata } from "../handles.js";
import type { OpAttribute } from "../opAttributes.js";

export interface CheckedCall {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  /** As many as the op takes. */
  readonly inputs: readonly CheckedInput[];
  /** The values of an input; asked for small ones only. Undefined where a capture notes the op before they are known. */
  readonly values: (input: CheckedInput) => ArrayLike<number | bigint> | undefined;
}

export type CheckedInput = Pick<TensorMetadata, "id" | "dtype" | "shape">;

/** @throws TypeError for a wrong rank or type, RangeError for a value out of bounds. */
export type OpCheck = (call: CheckedCall) => void;

/** One check of several. */
export function all(...checks: readonly OpCheck[]): OpCheck {
  return (call) => {
    for (const check of checks) check(call);
  };
}

/** Inputs from the first on; an undefined rank is any. */
export function ranks(...wanted: readonly (number | undefined)[]): OpCheck {
  return ({ name, inputs }) =>
    wanted.forEach((rank, i) => {
      const input = inputs[i];
      if (rank === undefined || input === undefined || input.shape.length === rank) return;
      throw new TypeError(`${name} needs input ${i} to have the rank ${rank}, but it is ${describe(input)}`);
    });
}

/** That an input, which is a vector of int32 or int64, holds `count` sizes of at least 0. */
export function sizes(place: number, count: number): OpCheck {
  return ({ name, inputs, values }) => {
    const input = inputs[place];
    if (!input) return;
    const isWhole = input.dtype === DType.int32 || input.dtype === DType.int64;
    const fits = isWhole && input.shape.length === 1 && input.shape[0] === count;
    const known = fits ? values(input) : undefined;
    if (fits && !known) return;
    const given = known && Array.from(known, Number);
    if (given?.every((size) => size >= 0)) return;
    const what = given ? `is [${given.join(", ")}]` : `is ${describe(input)}`;
    throw new RangeError(`${name} needs input ${place} to hold ${count} sizes of at least 0, but it ${what}`);
  };
}

/** Beyond it, kernels' sums of a size and a step leave int32. */
const mostSteps = 2 ** 24;

/** That the attributes, where they are given, hold one number from 1 on for each of `rank` axes. */
export function perAxis(rank: number, ...names: readonly string[]): OpCheck {
  return ({ name, attributes }) => {
    for (const { name: attribute, value } of attributes) {
      if (!names.includes(attribute) || !Array.isArray(value)) continue;
      if (value.length === rank && value.every((one) => one >= 1 && one <= mostSteps)) continue;
      throw new RangeError(
        `${name} needs ${attribute} to hold ${rank} numbers from 1 to ${mostSteps}, but they are [${value.join(", ")}]`,
      );
    }
  };
}

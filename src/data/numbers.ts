/** Reads what a person has (typed array, nested arrays, tensor) into one flat array with a shape. */
import type * as tf from "@tensorflow/tfjs";
import { sizeOfShape } from "../base/sizeOfShape.js";

export type NestedArray = readonly number[] | readonly NestedArray[];
export type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array | NestedArray | tf.Tensor;

/**
 * Invariant: `values.length` is the product of `shape`.
 * A typed array has the shape [length]: what it means is told by whoever knows more.
 */
export interface FlatNumbers {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** @throws TypeError if nested arrays are ragged, or the values are no numbers. */
export function flatNumbers(numbers: Numbers, what: string): FlatNumbers {
  if (ArrayBuffer.isView(numbers)) return { values: numbers, shape: [numbers.length] };
  if (Array.isArray(numbers)) return flatten(numbers as NestedArray, what);
  if (isTensor(numbers)) return { values: numbers.dataSync(), shape: numbers.shape };
  throw new TypeError(
    `${what} needs a typed array, nested arrays of numbers or a tensor; it was given ${typeof numbers}`,
  );
}

function isTensor(value: unknown): value is tf.Tensor {
  return typeof value === "object" && value !== null && "dataSync" in value && "shape" in value;
}

function flatten(nested: NestedArray, what: string): FlatNumbers {
  const shape: number[] = [];
  for (let level: unknown = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  const values = new Float64Array(sizeOfShape(shape));
  let at = 0;
  const walk = (level: unknown, depth: number): void => {
    if (depth === shape.length) {
      if (typeof level !== "number") throw ragged(what, shape, `${typeof level} where a number must be`);
      values[at++] = level;
      return;
    }
    if (!Array.isArray(level) || level.length !== shape[depth])
      throw ragged(what, shape, Array.isArray(level) ? `a row of ${level.length}` : `${typeof level}`);
    for (const inner of level) walk(inner, depth + 1);
  };
  walk(nested, 0);
  return { values, shape };
}

function ragged(what: string, shape: readonly number[], given: string): TypeError {
  return new TypeError(
    `${what} needs rows of one length; the first ones say [${shape.join(", ")}], but there is ${given}`,
  );
}

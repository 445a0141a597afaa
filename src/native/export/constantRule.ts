/** How a constant of a traced computation follows the size of the batch: found by comparing traces of several sizes. */
import { DType } from "../dtypes.js";
import type { TensorValues } from "../tensorMemory.js";

export interface ConstantValue {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly values: TensorValues;
}

/** scale · batch + offset, whole numbers. */
export interface Affine {
  readonly scale: number;
  readonly offset: number;
}

export type ConstantRule =
  /** The same for every batch. */
  | { readonly kind: "same" }
  /** A scalar or vector of int32, such as a shape: each element follows the batch. */
  | { readonly kind: "sizes"; readonly sizes: readonly Affine[] }
  /** int32: 0, 1, 2, … up to a number that follows the batch. */
  | { readonly kind: "range"; readonly length: Affine }
  /** A block that is repeated along the axes that follow the batch: `block` has size 1 there. */
  | { readonly kind: "repeated"; readonly block: ConstantValue; readonly shape: readonly Affine[] };

/**
 * The rule that all values obey; undefined where there is none of these.
 *
 * @param batches the size that each value was noted for: all different, and at least three for a rule that was not only
 *   fitted but also seen to hold
 */
export function constantRule(
  values: readonly ConstantValue[],
  batches: readonly number[],
): ConstantRule | undefined {
  const [first] = values;
  if (!first || values.some(({ dtype }) => dtype !== first.dtype)) return undefined;
  const shape = affineSizes(
    values.map((value) => value.shape),
    batches,
  );
  if (!shape) return undefined;
  if (shape.some(({ scale }) => scale !== 0)) return range(values, shape) ?? repeated(values, shape);
  if (values.every((value) => equal(value, first))) return { kind: "same" };
  if (first.dtype !== DType.int32 || first.shape.length > 1) return undefined;
  const sizes = affineSizes(
    values.map((value) => Array.from(value.values as Int32Array)),
    batches,
  );
  return sizes && { kind: "sizes", sizes };
}

/** Undefined where the lists differ in length, or where an element follows the batch in another way. */
export function affineSizes(
  lists: readonly (readonly number[])[],
  batches: readonly number[],
): Affine[] | undefined {
  const length = lists[0]?.length ?? 0;
  if (lists.some((list) => list.length !== length)) return undefined;
  const found = Array.from({ length }, (_, i) =>
    affine(
      lists.map((list) => list[i] as number),
      batches,
    ),
  );
  return found.every((one) => one !== undefined) ? found : undefined;
}

/** Fitted to the first two, held to all. */
function affine(values: readonly number[], batches: readonly number[]): Affine | undefined {
  const [first = 0, second = first] = values;
  const [a = 0, b = 0] = batches;
  const scale = values.length < 2 ? 0 : (second - first) / (b - a);
  const offset = first - scale * a;
  const holds = values.every((value, i) => value === scale * (batches[i] as number) + offset);
  return Number.isInteger(scale) && holds ? { scale, offset } : undefined;
}

function equal(one: ConstantValue, other: ConstantValue): boolean {
  const [a, b] = [one.values, other.values] as ArrayLike<number | Uint8Array>[];
  return a?.length === b?.length && Array.prototype.every.call(a, (value, i) => same(value, b?.[i]));
}

function same(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array) return Buffer.compare(one, other as Uint8Array) === 0;
  return Object.is(one, other);
}

/** As the rows of a batch are numbered. */
function range(
  values: readonly ConstantValue[],
  [length, ...more]: readonly Affine[],
): ConstantRule | undefined {
  const counts = values.every(({ dtype, values: numbers }) => {
    return dtype === DType.int32 && (numbers as Int32Array).every((value, i) => value === i);
  });
  return length && more.length === 0 && counts ? { kind: "range", length } : undefined;
}

/** Every element equals the one at 0 along the axes that follow the batch. Texts and complex numbers are left out. */
function repeated(values: readonly ConstantValue[], shape: readonly Affine[]): ConstantRule | undefined {
  const [first] = values as [ConstantValue];
  if (first.dtype === DType.string || first.dtype === DType.complex64) return undefined;
  const varies = shape.map(({ scale }) => scale !== 0);
  const block = blockOf(first, varies);
  const strides = blockStrides(block.shape);
  const holds = values.every((value) => {
    const elements = value.values as ArrayLike<number>;
    return Array.prototype.every.call(elements, (element, at) =>
      Object.is(element, (block.values as ArrayLike<number>)[placeIn(at, value.shape, strides)]),
    );
  });
  return holds ? { kind: "repeated", block, shape } : undefined;
}

function blockOf({ dtype, shape, values }: ConstantValue, varies: readonly boolean[]): ConstantValue {
  const size = shape.map((length, axis) => (varies[axis] ? 1 : length));
  const strides = blockStrides(size);
  const found = new (values.constructor as Float32ArrayConstructor)(size.reduce((a, b) => a * b, 1));
  // The first of each wins: what is repeated comes later.
  for (let at = (values as Float32Array).length - 1; at >= 0; at--)
    found[placeIn(at, shape, strides)] = (values as Float32Array)[at] as number;
  return { dtype, shape: size, values: found };
}

/** 0 along axes of size 1. */
function blockStrides(shape: readonly number[]): number[] {
  let stride = 1;
  return shape
    .toReversed()
    .map((length) => {
      const own = length === 1 ? 0 : stride;
      stride *= length;
      return own;
    })
    .reverse();
}

/** Where an element of a tensor of `shape` lies in the block. */
function placeIn(at: number, shape: readonly number[], strides: readonly number[]): number {
  let rest = at;
  let place = 0;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] as number;
    place += (rest % length) * (strides[axis] as number);
    rest = Math.floor(rest / length);
  }
  return place;
}

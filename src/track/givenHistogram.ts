/** What a person records as a histogram: one that is counted, or the values themselves. */
import type { Histogram } from "../base/histogram.js";
import { bins, exactBin, histogramEdges } from "../base/histogramEdges.js";
import { isTensorLike, type TensorLike } from "./tensorLike.js";

/** Edges and counts as lists or typed arrays; the invariants are those of `Histogram`. */
export interface HistogramLists {
  readonly edges: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
  readonly sampledFrom?: number;
}

type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Numbers in lists, however deep. */
export type NestedNumbers = readonly (number | NestedNumbers)[];

/** Values that are to be counted. */
export type HistogramValues = TypedArray | NestedNumbers | TensorLike;

export type HistogramInput = HistogramLists | HistogramValues;

/**
 * Values are counted as `numpy.histogram(values, 30)` does, those that are NaN or infinite left out; a histogram without
 * bins where none is left.
 *
 * @throws TypeError for what is neither, or holds what is no number; RangeError for no values at all.
 */
export function givenHistogram(tag: string, input: HistogramInput): Histogram {
  if (isLists(input)) return { ...input, edges: toFloats(input.edges), counts: toFloats(input.counts) };
  const values = valuesOf(tag, input);
  if (values.length === 0) refuse(RangeError, tag, "there must be a value to count; got none");
  return counted(values);
}

function isLists(input: HistogramInput): input is HistogramLists {
  const { edges, counts } = (input ?? {}) as Partial<HistogramLists>;
  return edges !== undefined && counts !== undefined;
}

function toFloats(list: ArrayLike<number>): Float64Array {
  return list instanceof Float64Array ? list : Float64Array.from(list);
}

function valuesOf(tag: string, input: HistogramValues): ArrayLike<number> {
  if (isTensorLike(input)) {
    if (/^(float32|int32|bool)$/.test(input.dtype)) return input.dataSync();
    refuse(TypeError, tag, `a tensor must be of float32, int32 or bool; got ${input.dtype}`);
  }
  if (Array.isArray(input)) return flat(tag, input);
  if (ArrayBuffer.isView(input) && "length" in input && typeof input[0] !== "bigint") return input;
  return refuse(
    TypeError,
    tag,
    `it must be { edges, counts }, one edge more than counts, or values in a list, a typed array or a tensor; got ${input === null ? "null" : typeof input}`,
  );
}

function flat(tag: string, lists: NestedNumbers): Float64Array {
  const all = (lists as readonly unknown[]).flat(Number.POSITIVE_INFINITY);
  const wrong = all.findIndex((value) => typeof value !== "number");
  if (wrong >= 0) refuse(TypeError, tag, `values must be numbers; got ${typeof all[wrong]} at ${wrong}`);
  return Float64Array.from(all as number[]);
}

function counted(values: ArrayLike<number>): Histogram {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return { edges: new Float64Array(), counts: new Float64Array() };
  const edges = histogramEdges(min, max);
  const counts = new Float64Array(bins);
  const low = edges[0] as number;
  const perUnit = bins / ((edges[bins] as number) - low);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isFinite(value))
      (counts[exactBin(edges, value, Math.floor((value - low) * perUnit))] as number)++;
  }
  return { edges, counts };
}

function refuse(kind: typeof TypeError | typeof RangeError, tag: string, sentence: string): never {
  throw new kind(`histogram ${JSON.stringify(tag)}: ${sentence}`);
}

/** A tensor's values counted by cell, with their sums: its statistics come of one pass over it. */
import { cellShift, cellsOfSign } from "./cells.js";
import { floatOf, infinityBits } from "./floatBits.js";

/** Of cells from 0 up, then of those with a sign; of fewer than 2^31 values. Invariant: between two calls of `countCells` it is of no meaning. */
const cells = new Int32Array(2 * cellsOfSign);
/** Where counts may lie of the values before. */
let used: Pick<CellCounts, "nearest" | "farthest"> = { nearest: 1, farthest: 0 };

/**
 * Of the finite values, in float64. Numbers below 4.6e-41 count as zeros: TensorFlow takes them for 0.
 *
 * Invariant: it holds until other values are counted.
 */
export interface CellCounts {
  readonly finite: number;
  readonly nonFinite: number;
  readonly zeros: number;
  /** Of |v|. */
  readonly sum: number;
  readonly squares: number;
  /** Largest |v|; 0 without any. */
  readonly max: number;
  /** Cells of the smallest and of the largest |v| that is not 0; without any the first is above the second. */
  readonly nearest: number;
  readonly farthest: number;
}

export function countCells(values: Float32Array): CellCounts {
  clear();
  const { sum, squares, least, most } = count(values);
  if (most >= infinityBits) {
    const finite = finiteOf(values);
    used = { nearest: 1, farthest: cellsOfSign - 1 };
    return { ...countCells(finite), nonFinite: values.length - finite.length };
  }
  // Numbers of both signs that are nearly 0 are 0.
  const zeros = (cells[0] as number) + (cells[cellsOfSign] as number);
  cells[0] = zeros;
  cells[cellsOfSign] = 0;
  used = { nearest: Math.max(1, least >> cellShift), farthest: most >> cellShift };
  return { finite: values.length, nonFinite: 0, zeros, sum, squares, max: floatOf(most), ...used };
}

/** How many of the values that were counted last lie in the cell at a place. */
export function countAt(place: number): number {
  return cells[place >= 0 ? place : cellsOfSign - 1 - place] as number;
}

/** How many of the values that were counted last lie in cells from a place up to another, that one left out. */
export function countBetween({ nearest, farthest }: CellCounts, from: number, to: number): number {
  let sum = from <= 0 && to > 0 ? (cells[0] as number) : 0;
  const end = Math.min(to, farthest + 1);
  for (let place = Math.max(from, nearest); place < end; place++) sum += cells[place] as number;
  // Of a negative number's cell the place is one below the other sign's.
  const last = cellsOfSign + Math.min(-1 - from, farthest);
  for (let at = cellsOfSign + Math.max(-to, nearest); at <= last; at++) sum += cells[at] as number;
  return sum;
}

/** Only where they were: all cells are half a megabyte. */
function clear(): void {
  const { nearest, farthest } = used;
  cells[0] = 0;
  cells[cellsOfSign] = 0;
  if (nearest > farthest) return;
  cells.fill(0, nearest, farthest + 1);
  cells.fill(0, cellsOfSign + nearest, cellsOfSign + farthest + 1);
}

interface Sums {
  readonly sum: number;
  readonly squares: number;
  /** Bits of the smallest |v| that is not 0, and of the largest. */
  readonly least: number;
  readonly most: number;
}

/**
 * Two sums each, as one addition waits for the one before. A loop over all values has a function of its own: V8 would leave
 * the compiled loop for code behind it that has not run. Nor are its variables of one list: they would be objects, at four
 * times the cost.
 */
function count(values: Float32Array): Sums {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  let sum = 0;
  let otherSum = 0;
  let squares = 0;
  let otherSquares = 0;
  // Before 0 comes the largest number.
  let beforeLeast = 0x7fffffff;
  let most = 0;
  const pairs = values.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    const value = values[i] as number;
    const other = values[i + 1] as number;
    const signed = bits[i] as number;
    const otherSigned = bits[i + 1] as number;
    (cells[signed >>> cellShift] as number)++;
    (cells[otherSigned >>> cellShift] as number)++;
    sum += Math.abs(value);
    otherSum += Math.abs(other);
    squares += value * value;
    otherSquares += other * other;
    const size = signed & 0x7fffffff;
    const otherSize = otherSigned & 0x7fffffff;
    if (size > most) most = size;
    if (otherSize > most) most = otherSize;
    const before = (size - 1) & 0x7fffffff;
    const otherBefore = (otherSize - 1) & 0x7fffffff;
    if (before < beforeLeast) beforeLeast = before;
    if (otherBefore < beforeLeast) beforeLeast = otherBefore;
  }
  if (pairs === values.length)
    return { sum: sum + otherSum, squares: squares + otherSquares, least: beforeLeast + 1, most };
  const last = values[pairs] as number;
  const size = (bits[pairs] as number) & 0x7fffffff;
  (cells[(bits[pairs] as number) >>> cellShift] as number)++;
  return {
    sum: sum + otherSum + Math.abs(last),
    squares: squares + otherSquares + last * last,
    least: Math.min(beforeLeast, (size - 1) & 0x7fffffff) + 1,
    most: Math.max(most, size),
  };
}

function finiteOf(values: Float32Array): Float32Array {
  const finite = new Float32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    // Of what is not finite it is NaN.
    if (value - value === 0) finite[count++] = value;
  }
  return finite.subarray(0, count);
}

/**
 * Cells: float32 numbers whose sign and first 16 bits after it are equal share one, which spans at most 0.8 % of its
 * numbers.
 *
 * Cells lie in the order of their numbers at places …, −2, −1, 0, 1, …, where 0 is that of the numbers nearest to 0, and cell p
 * lies between boundary p, which belongs to it, and boundary p + 1, which does not.
 */
import { bitsOf, floatOf, infinityBits } from "./floatBits.js";

/** `bits >>> cellShift` is the same for all numbers of a cell. */
export const cellShift = 15;
/** So many lie in each direction; those of negative numbers have their sign's bit. */
export const cellsOfSign = 1 << (31 - cellShift);

/** The smallest number of the cell at a place; behind the last cell the largest float32. */
export function boundaryAt(place: number): number {
  if (place >= 0) return floatOf(Math.min(place << cellShift, infinityBits - 1));
  // The largest in size of the cell with a negative sign.
  return -floatOf((-place << cellShift) - 1);
}

/** The place of the boundary that is nearest to a finite number, by its bits. */
export function nearestBoundary(value: number): number {
  const place = (bitsOf(Math.abs(value)) + (1 << (cellShift - 1))) >> cellShift;
  return value < 0 ? -place : place;
}

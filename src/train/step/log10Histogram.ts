import type { Histogram } from "../../base/histogram.js";
import { bins, exactBin, histogramEdges } from "../../base/histogramEdges.js";
import { bitsOf, floatOf, infinityBits } from "./floatBits.js";

/**
 * Numbers whose first 16 bits after the sign are equal share a cell, which spans at most 0.8 % of them. Nearly all cells
 * lie in one bin, so that a logarithm is computed for few values.
 *
 * Invariant: between two calls it is of no meaning.
 */
const binOfCell = new Uint8Array(1 << 16);
const cellBits = 15;
/** In place of the bin of a cell with an edge in it. */
const mixed = 255;
/** By how much 10 ^ edge may be off, in float32's last place: by far less. */
const margin = 16;

/** `numpy.histogram(numpy.log10(numpy.abs(v)), 30)` of the values that are finite and not 0; undefined without any. */
export function log10Histogram(values: Float32Array): Histogram | undefined {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const { least, most } = sizeRange(bits);
  if (most === 0) return undefined;
  const edges = histogramEdges(logarithm(least), logarithm(most));
  fillCells(edges, least, most);
  const counts = new Float64Array(bins);
  countSizes(bits, edges, counts);
  return { edges, counts };
}

/** Of the bits after the sign, which rise as |v| does; `most` is 0 without any. */
function sizeRange(bits: Int32Array): { least: number; most: number } {
  let least = infinityBits;
  let most = 0;
  for (let i = 0; i < bits.length; i++) {
    const size = (bits[i] as number) & 0x7fffffff;
    if (size === 0 || size >= infinityBits) continue;
    if (size < least) least = size;
    if (size > most) most = size;
  }
  return { least, most };
}

/** A loop over all values has a function of its own: V8 would leave the compiled loop for code behind it that has not run. */
function countSizes(bits: Int32Array, edges: Float64Array, counts: Float64Array): void {
  const low = edges[0] as number;
  const perUnit = bins / ((edges[bins] as number) - low);
  for (let i = 0; i < bits.length; i++) {
    const size = (bits[i] as number) & 0x7fffffff;
    if (size === 0 || size >= infinityBits) continue;
    const bin = binOfCell[size >> cellBits] as number;
    if (bin !== mixed) (counts[bin] as number)++;
    else {
      const exact = logarithm(size);
      (counts[exactBin(edges, exact, ((exact - low) * perUnit) | 0)] as number)++;
    }
  }
}

/** Of the float32 with these bits. */
function logarithm(size: number): number {
  return Math.log10(floatOf(size));
}

/** Bits of the float32 nearest to 10 ^ edge, within the range of the values. */
function bitsAt(edge: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, bitsOf(10 ** edge)));
}

function fillCells(edges: Float64Array, least: number, most: number): void {
  const at = Array.from(edges, (edge) => bitsAt(edge, least, most));
  for (let bin = 0; bin < bins; bin++)
    binOfCell.fill(bin, (at[bin] as number) >> cellBits, ((at[bin + 1] as number) >> cellBits) + 1);
  for (const edge of at)
    binOfCell.fill(mixed, Math.max(0, edge - margin) >> cellBits, ((edge + margin) >> cellBits) + 1);
}

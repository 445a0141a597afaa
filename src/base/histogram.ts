/** A histogram as TensorBoard stores it: bins side by side, in rising order. */

/**
 * Invariants: `edges.length === counts.length + 1`; edges are finite and never fall; counts are ≥ 0 and finite.
 * Bin i holds values in [edges[i], edges[i+1]); the last bin also its right edge. Two edges may be equal: that bin has no
 * width and holds what equals them, as TensorBoard writes a tensor whose entries are all one value.
 * NaN and infinite values are in no bin; they are counted beside it by whoever made it.
 */
export interface Histogram {
  readonly edges: Float64Array;
  readonly counts: Float64Array;
  /** Of how many entries those that are counted are a sample, n ≥ 1; undefined where all are counted. */
  readonly sampledFrom?: number;
}

const grouped = new Intl.NumberFormat("en-US");

/** What a person has to know of a histogram that is not of all entries; undefined of one that is. */
export function sampleText({ sampledFrom }: Histogram): string | undefined {
  return sampledFrom === undefined
    ? undefined
    : `from a fixed sample of its ${grouped.format(sampledFrom)} entries`;
}

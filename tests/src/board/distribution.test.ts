import { describe, expect, it } from "vitest";
import { basisPoints, extent, percentiles, rebin } from "../../../src/board/distribution.js";
import { compressed, oracle } from "./boardOracle.js";

const histogramOf = ({ edges, counts }: { edges: readonly number[]; counts: readonly number[] }) => ({
  edges: Float64Array.from(edges),
  counts: Float64Array.from(counts),
});

describe("percentiles", () => {
  it.each(oracle.histograms)("of $name are NumPy's interpolation of the counts", (given) => {
    const ours = percentiles(histogramOf(given));
    given.percentiles.forEach((expected, i) => {
      expect(ours[i]).toBeCloseTo(expected, 9);
    });
  });

  it.each(oracle.histograms)("of $name are within a bin of the values' own", (given) => {
    const ours = percentiles(histogramOf(given));
    given.ofValues.forEach((expected, i) => {
      expect(Math.abs((ours[i] as number) - expected)).toBeLessThanOrEqual(given.binWidth);
    });
  });

  it("stand at TensorBoard's basis points", () => {
    expect([...basisPoints]).toEqual(compressed.basisPoints);
  });

  it.each(compressed.histograms)("of $name are those of TensorBoard's compressor", (given) => {
    const ours = percentiles(histogramOf(given));
    expect(ours.length).toBe(given.percentiles.length);
    given.percentiles.forEach((expected, i) => {
      expect(ours[i]).toBeCloseTo(expected, 12);
    });
  });

  it("start and end at filled bins, and are zero for an empty histogram", () => {
    const padded = { edges: Float64Array.of(0, 1, 2, 3, 4), counts: Float64Array.of(0, 4, 0, 0) };
    expect(percentiles(padded, [0, 5000, 10000])).toEqual([1, 1.5, 2]);
    expect(percentiles({ edges: Float64Array.of(0, 1), counts: Float64Array.of(0) }, [0, 5000])).toEqual([
      0, 0,
    ]);
    expect(extent(padded)).toEqual([1, 2]);
  });
});

describe("rebin", () => {
  it.each(oracle.histograms)("of $name shares counts out by overlap", (given) => {
    const ours = rebin(histogramOf(given), given.range, 30);
    given.rebinned.forEach((expected, i) => {
      expect(ours[i]).toBeCloseTo(expected, 6);
    });
  });

  it("keeps every count when the range holds the histogram, also one bin without width", () => {
    const spike = { edges: Float64Array.of(1, 1, 3), counts: Float64Array.of(5, 2) };
    const counts = rebin(spike, [0, 4], 7);
    expect(counts.reduce((a, b) => a + b, 0)).toBeCloseTo(7, 12);
    expect(counts[1]).toBeGreaterThanOrEqual(5);
  });
});

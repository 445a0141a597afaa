import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tensorStatistics } from "../../../../src/train/step/tensorStatistics.js";

interface Case {
  readonly values: (number | string | null)[];
  readonly count: number;
  readonly meanAbs: number;
  readonly l2: number;
  readonly max: number;
  readonly zeroFraction: number;
  readonly nonFinite: number;
  readonly histogram: { edges: number[]; counts: number[] } | null;
  readonly log10Histogram: { edges: number[]; counts: number[] } | null;
}

/** NumPy's: tests/oracles/train/tensorStatistics.py. */
const { cases } = JSON.parse(
  readFileSync(new URL("../../../oracles/train/tensorStatistics.json", import.meta.url), "utf8"),
) as { cases: Record<string, Case> };

const all = { histogram: true, log10: true };

function expectClose(actual: number | undefined, expected: number) {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
}

describe.each(Object.keys(cases))("%s", (name) => {
  const expected = cases[name] as Case;
  const values = Float32Array.from(expected.values, (value) => (value === null ? Number.NaN : Number(value)));
  const statistics = tensorStatistics(values, all);

  it("has NumPy's numbers", () => {
    expect(statistics.count).toBe(expected.count);
    expect(statistics.nonFinite).toBe(expected.nonFinite);
    expectClose(statistics.meanAbs, expected.meanAbs);
    expectClose(statistics.l2, expected.l2);
    expectClose(statistics.max, expected.max);
    expectClose(statistics.zeroFraction, expected.zeroFraction);
  });

  it.each(["histogram", "log10Histogram"] as const)("has NumPy's %s", (kind) => {
    const histogram = statistics[kind];
    const wanted = expected[kind];
    expect(histogram === undefined).toBe(wanted === null);
    if (!histogram || !wanted) return;
    expect(Array.from(histogram.counts)).toEqual(wanted.counts);
    const width = (histogram.edges.at(-1) ?? 0) - (histogram.edges[0] ?? 0);
    histogram.edges.forEach((edge, i) => {
      expect(Math.abs(edge - (wanted.edges[i] as number))).toBeLessThanOrEqual(1e-12 * width);
    });
  });
});

it("makes only the histograms that are asked for", () => {
  const statistics = tensorStatistics(Float32Array.of(1, 2), { ...all, histogram: false, log10: false });
  expect(statistics).not.toHaveProperty("histogram");
  expect(statistics).not.toHaveProperty("log10Histogram");
});

describe("of a sample", () => {
  const values = Float32Array.from({ length: 500 }, (_, i) => (i % 4 === 0 ? 0 : Math.sin(i)));
  const { l2: sampleNorm, ...own } = tensorStatistics(values, all);
  const of = (halfSquares: number, sample = values) =>
    tensorStatistics(sample, { ...all, whole: { count: 5000, halfSquares } });

  it("the numbers are estimates, and the histograms say so", () => {
    const { count, l2, nonFinite, meanAbs, zeroFraction, max, histogram, log10Histogram } = of(0);
    expect({ count, nonFinite }).toEqual({ count: 5000, nonFinite: 0 });
    expect({ meanAbs, zeroFraction, max }).toEqual({
      meanAbs: own.meanAbs,
      zeroFraction: own.zeroFraction,
      max: own.max,
    });
    expect(l2).toBeCloseTo(sampleNorm * Math.sqrt(10), 10);
    expect(histogram).toEqual({ ...own.histogram, sampledFrom: 5000 });
    expect(log10Histogram).toEqual({ ...own.log10Histogram, sampledFrom: 5000 });
  });

  it("the norm is that of all entries where it is given, unless float32 could not hold its squares", () => {
    expect(of(200).l2).toBe(20);
    for (const lost of [0, 1e-30, Number.POSITIVE_INFINITY, Number.NaN])
      expect(of(lost).l2).toBeCloseTo(sampleNorm * Math.sqrt(10), 10);
  });

  it("what the norm says of entries that the sample did not meet is held to", () => {
    const zeros = new Float32Array(500);
    expect(of(0, zeros)).toMatchObject({ zeroFraction: 1, l2: 0, max: 0, meanAbs: 0 });
    expect(of(2, zeros)).toMatchObject({ zeroFraction: 1 - 1 / 5000, l2: 2, meanAbs: 2 / 5000 });
    expect(of(2, zeros).max).toBeCloseTo(2 / Math.sqrt(5000), 12);
    for (const lost of [Number.NaN, Number.POSITIVE_INFINITY]) expect(of(lost, zeros).nonFinite).toBe(1);
    expect(of(200).nonFinite).toBe(0);
  });

  it("entries that are not finite count for as many as the sample stands for", () => {
    expect(of(Number.NaN, values.with(7, Number.NaN)).nonFinite).toBe(10);
  });
});

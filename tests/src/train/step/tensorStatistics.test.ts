import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fixedSample } from "../../../../src/train/step/fixedSample.js";
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

const all = { histogram: true, log10: true, entries: Number.POSITIVE_INFINITY };

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

describe("of a large tensor", () => {
  const values = Float32Array.from({ length: 5_001 }, (_, i) => Math.sin(i) * 10 ** -(i % 7));
  values[17] = 1e6;
  const sampled = tensorStatistics(values, { ...all, entries: 500 });
  const { histogram, log10Histogram, ...whole } = tensorStatistics(values, all);
  const sample = fixedSample(values, 500);

  it("the histograms are of a fixed sample, and all else is of all entries", () => {
    expect(sampled).toMatchObject(whole);
    expect(sampled.log10Histogram).toEqual({
      ...tensorStatistics(sample, all).log10Histogram,
      sampledFrom: 5_001,
    });
    expect(sampled.histogram?.sampledFrom).toBe(5_001);
    expect(sampled.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(500);
    expect(histogram).not.toHaveProperty("sampledFrom");
    expect(log10Histogram).not.toHaveProperty("sampledFrom");
  });

  it("the ends are the smallest and the largest of all entries, which the sample has not", () => {
    expect(sample).not.toContain(1e6);
    expect(sampled.histogram?.edges).toEqual(histogram?.edges);
    expect(sampled.histogram?.edges.at(-1)).toBe(1e6);
  });

  it("of which few entries are not 0, those are counted all", () => {
    const sparse = values.map((value, i) => (i % 100 === 3 ? value : 0));
    const few = tensorStatistics(sparse, { ...all, entries: 500 });
    expect(few.log10Histogram).toEqual(tensorStatistics(sparse, all).log10Histogram);
    expect(few.histogram?.sampledFrom).toBe(5_001);
  });
});

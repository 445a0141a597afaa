import { describe, expect, it } from "vitest";
import { smooth, smoothingOf, smoothSeries } from "../../../src/board/smooth.js";
import { thin } from "../../../src/board/thin.js";
import { oracle } from "./boardOracle.js";
import { series } from "./exampleRuns.js";

describe("smooth", () => {
  it.each(oracle.smoothing)(
    "$name at $weight is TensorBoard's debiased average",
    ({ values, weight, smoothed }) => {
      const ours = smooth(values, weight);
      expect(ours.length).toBe(smoothed.length);
      smoothed.forEach((expected, i) => {
        if (Number.isFinite(expected)) expect(ours[i]).toBeCloseTo(expected, 10);
        else expect(ours[i]).toBe(expected);
      });
    },
  );

  it("leaves its input alone and refuses weights out of range", () => {
    const values = Float64Array.of(1, 2, 3);
    smooth(values, 0.5);
    expect([...values]).toEqual([1, 2, 3]);
    expect(() => smooth(values, 1)).toThrow(RangeError);
    expect(() => smooth(values, Number.NaN)).toThrow("from 0 to below 1");
  });

  it("keeps an overflow of the scale away: 1e300 stays 1e300", () => {
    expect(smooth([1e300, 1e300, 1.1e300], 0.6).at(-1)).toBeGreaterThan(1e300);
  });
});

describe("smoothingOf", () => {
  const long = Array.from({ length: 50 }, (_, i) => i);

  it("is the weight given, whatever the series", () => {
    expect(smoothingOf(0.9, series([1, 2]))).toBe(0.9);
    expect(smoothingOf(0, series(long))).toBe(0);
  });

  it("without one is none where points are few, and TensorBoard's where they are many", () => {
    expect(smoothingOf(undefined, series(long.slice(1)))).toBe(0);
    expect(smoothingOf(undefined, series(long))).toBe(0.6);
    expect(smoothingOf(undefined, thin(series(Array.from({ length: 1000 }, (_, i) => i)), 20))).toBe(0.6);
  });
});

describe("smoothSeries", () => {
  it("of a thinned series is close to the average of all points", () => {
    const values = Array.from(
      { length: 20_000 },
      (_, i) => Math.exp(-i / 5000) + 0.05 * Math.sin(i * 12.9898) * Math.cos(i * 78.233),
    );
    const full = smooth(values, 0.99);
    const thinned = thin(series(values), 600);
    const ours = smoothSeries(thinned, 0.99);
    expect(thinned.steps.length).toBeLessThanOrEqual(600);
    for (const [k, step] of thinned.steps.entries())
      expect(Math.abs((ours[k] as number) - (full[step] as number))).toBeLessThan(0.01);
  });

  it("leaves equal values as they are to the last bit, or an even line becomes spikes a chart high", () => {
    const values = Array<number>(4300).fill(0.001);
    const even = thin(series(values), 400);
    expect(even.counts).toBeDefined();
    for (const weight of [0.3, 0.6, 0.97])
      expect(new Set(smoothSeries(even, weight))).toEqual(new Set([0.001]));
  });

  it("stays among the values where only the first differs", () => {
    const ours = smooth([0.3, ...Array<number>(200).fill(0.1)], 0.6);
    expect(Math.min(...ours)).toBeGreaterThanOrEqual(0.1);
  });

  it("is exact where nothing is left out", () => {
    const short = series([3, 1, 4, 1, 5]);
    expect(smoothSeries(thin(short, 100), 0.6)).toEqual(smooth([3, 1, 4, 1, 5], 0.6));
  });
});

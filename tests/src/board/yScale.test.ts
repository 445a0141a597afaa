import { describe, expect, it } from "vitest";
import { withoutOutliers, yScale } from "../../../src/board/yScale.js";

const range = (count: number, value: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => value(i));
const typeOf = (values: number[]) => yScale(values).scale.type ?? "linear";

describe("yScale", () => {
  it("is linear for a loss, logarithmic for what spans decades", () => {
    expect(typeOf(range(100, (i) => 2.3 * Math.exp(-i / 30)))).toBe("linear");
    expect(typeOf(range(100, (i) => 10 ** (-8 * (i / 99))))).toBe("log");
    expect(typeOf([...range(100, () => 1), 1e6])).toBe("log");
  });

  it("stays linear for a cosine schedule that ends at nothing", () => {
    expect(typeOf(range(1000, (i) => 5e-4 * (1 + Math.cos((Math.PI * i) / 1000))))).toBe("linear");
  });

  it("takes zeros and negative values on a symmetric logarithm", () => {
    const { scale, axis } = yScale([-5, 1e6, 0, -1e6, 2]);
    expect(scale.type).toBe("symlog");
    expect(axis.values).toContain(0);
    expect((scale.domain as number[])[0]).toBeLessThan(-1e6);
    expect(yScale([-1, -2, -3], "log").scale.type).toBe("symlog");
  });

  it("always has a finite domain that is wider than nothing", () => {
    for (const values of [
      [],
      [Number.NaN],
      [0],
      [7],
      [-3, -3],
      [1e300, -1e300],
      [Number.MAX_VALUE],
      [5e-324, 1],
    ])
      for (const mode of ["auto", "linear", "log"] as const) {
        const [low, high] = yScale(values, mode).scale.domain as [number, number];
        expect(Number.isFinite(high - low)).toBe(true);
        expect(high).toBeGreaterThan(low);
      }
  });

  it("takes values that differ by rounding alone for one, and draws what single precision tells apart", () => {
    const span = (values: number[]) => {
      const [low, high] = yScale(values).scale.domain as [number, number];
      return high - low;
    };
    expect(span([0.3, 0.1 + 0.2])).toBeCloseTo(0.06, 12);
    expect(span([1, 1 + 1e-9])).toBeLessThan(2e-9);
  });
});

describe("withoutOutliers", () => {
  it("keeps the values from the 5th to the 95th percentile, as TensorBoard counts them", () => {
    // ⌈0.05 · 100⌉ = 5 and ⌊0.95 · 100⌋ = 95 of 101 values, in any order.
    const values = range(101, (i) => (i * 37) % 101);
    expect([...withoutOutliers(values)]).toEqual(range(91, (i) => i + 5));
    expect([...withoutOutliers([1, 2, 3, 1000])]).toEqual([2, 3]);
    expect([...withoutOutliers([Number.NaN, 5, 1, 3, 2, Infinity])]).toEqual([2, 3]);
  });

  it("keeps all where nothing or one value would be left", () => {
    expect([...withoutOutliers([])]).toEqual([]);
    expect([...withoutOutliers([3])]).toEqual([3]);
    expect([...withoutOutliers([7, 3])]).toEqual([3, 7]);
    expect([...withoutOutliers([3, 1, 2])]).toEqual([1, 2, 3]);
    expect([...withoutOutliers([...range(50, () => 1), 9])]).toEqual([...range(50, () => 1), 9]);
  });
});

import { describe, expect, it } from "vitest";
import { yScale } from "../../../src/board/yScale.js";

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
});

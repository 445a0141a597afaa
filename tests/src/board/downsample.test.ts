import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepExtremes, spread } from "../../../src/board/downsample.js";

describe("keepExtremes", () => {
  it("keeps first, last, least and greatest of any series within the budget", () => {
    const value = fc.oneof(fc.double({ noNaN: false }), fc.constantFrom(Number.NaN, Infinity));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 8, max: 120 }),
        (y, budget) => {
          const kept = keepExtremes(
            y.map((_, i) => i),
            y,
            budget,
          );
          // Of 0 and −0 either may stand for both.
          const finite = (values: readonly number[]) =>
            values.filter(Number.isFinite).map((value) => value + 0);
          expect(kept.length).toBeLessThanOrEqual(Math.max(budget, Math.min(y.length, budget)));
          expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
          expect([kept[0], kept.at(-1)]).toEqual([0, y.length - 1]);
          const all = finite(y);
          const ours = finite(kept.map((i) => y[i] as number));
          expect(Math.min(...ours)).toBe(Math.min(...all));
          expect(Math.max(...ours)).toBe(Math.max(...all));
          expect(kept.some((i) => !Number.isFinite(y[i]))).toBe(y.some((v) => !Number.isFinite(v)));
        },
      ),
      { seed: 4, numRuns: 500, examples: [[[1, ...new Array(9).fill(0), -0, 1], 8]] },
    );
  });

  it("spreads over the axis, not over the points", () => {
    const x = [
      ...Array.from({ length: 900 }, (_, i) => i / 900),
      ...Array.from({ length: 100 }, (_, i) => 1 + i),
    ];
    const kept = keepExtremes(x, x, 50);
    expect(kept.filter((i) => (x[i] as number) >= 50).length).toBeGreaterThan(10);
  });
});

describe("spread", () => {
  it("takes evenly, ends included", () => {
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([0, 4, 8]);
    expect(spread([1, 2], 51)).toEqual([1, 2]);
  });
});

import { describe, expect, it } from "vitest";
import { fixedSample } from "../../../../src/train/step/fixedSample.js";

describe("the fixed sample", () => {
  it.each([
    [1000, 10],
    [1001, 1000],
    [200_704, 16_384],
    [17, 16],
  ])("of %d entries takes one of each of %d equal stretches", (length, most) => {
    const sample = fixedSample(length, most);
    expect(sample.length).toBe(most);
    sample.forEach((place, i) => {
      expect(place).toBeGreaterThanOrEqual(Math.floor((i * length) / most));
      expect(place).toBeLessThan(((i + 1) * length) / most);
    });
  });

  it("is the same again", () => {
    const places = fixedSample(5_000, 300);
    fixedSample(9_000, 900);
    expect(fixedSample(5_000, 300)).toEqual(places);
  });

  it("meets every column of a matrix about as often", () => {
    const columns = 256;
    const met = new Float64Array(columns);
    for (const place of fixedSample(784 * columns, 16_384)) met[place % columns]!++;
    // 64 expected of each; a fixed stride of 12 would leave three of four columns out.
    expect(Math.min(...met)).toBeGreaterThan(30);
    expect(Math.max(...met)).toBeLessThan(110);
  });
});

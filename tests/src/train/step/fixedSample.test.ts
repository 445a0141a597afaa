import { describe, expect, it } from "vitest";
import { fixedSample } from "../../../../src/train/step/fixedSample.js";

const counting = (length: number) => Float32Array.from({ length }, (_, i) => i);

describe("the fixed sample", () => {
  it.each([
    [1000, 10],
    [1001, 1000],
    [200_704, 16_384],
    [17, 16],
  ])("of %d entries takes one of each of %d equal stretches", (length, most) => {
    const sample = fixedSample(counting(length), most);
    expect(sample.length).toBe(most);
    sample.forEach((place, i) => {
      expect(place).toBeGreaterThanOrEqual(Math.floor((i * length) / most));
      expect(place).toBeLessThan(((i + 1) * length) / most);
    });
  });

  it("is the same again, whatever the values are", () => {
    const places = fixedSample(counting(5_000), 300);
    fixedSample(counting(9_000), 900);
    const doubled = fixedSample(
      counting(5_000).map((place) => 2 * place),
      300,
    );
    expect(doubled).toEqual(places.map((place) => 2 * place));
  });

  it("meets every column of a matrix about as often", () => {
    const columns = 256;
    const met = new Float64Array(columns);
    for (const place of fixedSample(counting(784 * columns), 16_384)) met[place % columns]!++;
    // 64 expected of each; a fixed stride of 12 would leave three of four columns out.
    expect(Math.min(...met)).toBeGreaterThan(30);
    expect(Math.max(...met)).toBeLessThan(110);
  });

  it("is the values themselves where they are no more", () => {
    const values = counting(10);
    expect(fixedSample(values, 10)).toBe(values);
    expect(fixedSample(values, Number.POSITIVE_INFINITY)).toBe(values);
  });
});

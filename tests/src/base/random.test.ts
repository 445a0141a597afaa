import { expect, it } from "vitest";
import { random } from "../../../src/base/random.js";

it("repeats itself for the same seed and differs for another", () => {
  const draw = (seed: number) => Array.from({ length: 5 }, random(seed).next);
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(7)).not.toEqual(draw(7 + 2 ** 32));
});

it("splits by label without moving itself", () => {
  const whole = random(1);
  const split = whole.split("a").next();
  expect(whole.split("a").next()).toBe(split);
  expect(whole.split("b").next()).not.toBe(split);
  expect(whole.split(1).next()).not.toBe(whole.split("1").next());
  expect(whole.next()).toBe(random(1).next());
  whole.next();
  expect(whole.split("a").next()).toBe(split);
});

it("draws uniform and normal numbers with their mean and variance", () => {
  const source = random(3);
  const n = 100_000;
  const moments = (draw: () => number) => {
    const values = Array.from({ length: n }, draw);
    const mean = values.reduce((a, b) => a + b) / n;
    return [mean, values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n];
  };
  const [mean = 0, variance = 0] = moments(source.next);
  expect(Math.abs(mean - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
  const [centre = 1, spread = 0] = moments(source.normal);
  expect(Math.abs(centre)).toBeLessThan(4 / Math.sqrt(n));
  expect(Math.abs(spread - 1)).toBeLessThan(0.02);
});

it("puts every value at every place about equally often", () => {
  const counts = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
  for (let seed = 0; seed < 8000; seed++)
    random(seed)
      .permutation(4)
      .forEach((value, place) => {
        (counts[place] as number[])[value] = (counts[place]?.[value] ?? 0) + 1;
      });
  // 8000 draws of p = 1/4: standard deviation 39.
  for (const count of counts.flat()) expect(Math.abs(count - 2000)).toBeLessThan(5 * 39);
});

it.each([1.5, Number.NaN, 2 ** 53])("refuses the seed %s", (seed) => {
  expect(() => random(seed)).toThrow(`random needs an integer as seed; it was given ${seed}`);
});

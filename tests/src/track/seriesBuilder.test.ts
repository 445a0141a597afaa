import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { SeriesBuilder } from "../../../src/track/seriesBuilder.js";

type Point = readonly [step: number, value: number, wallTime: number];

function points(builder: SeriesBuilder): Point[] {
  const { steps, values, wallTimes } = builder.series();
  expect([values.length, wallTimes.length]).toEqual([steps.length, steps.length]);
  return Array.from(steps, (step, i) => [step, values[i]!, wallTimes[i]!]);
}

describe("a series that grows", () => {
  test("keeps each point and its place, among others and past the buffer that they share", () => {
    const random = xoroshiro128plus(31);
    const builders = [new SeriesBuilder(), new SeriesBuilder(), new SeriesBuilder()];
    const expected: Point[][] = builders.map(() => []);
    for (let n = 0; n < 200_000; n++) {
      const which = uniformInt(random, 0, 2);
      const point = [n, n / 3, 1.7e9 + n / 1000] as const;
      builders[which]!.add(...point);
      expected[which]!.push(point);
      if (n % 50_021 === 0) expect(points(builders[which]!).at(-1)).toEqual(point);
    }
    builders.forEach((builder, i) => {
      expect(points(builder)).toEqual(expected[i]);
    });
  });

  test("has steps that fit in no 32 bits beside those that do", () => {
    const builder = new SeriesBuilder();
    const steps = [0, 7, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER, 3];
    for (const step of steps) builder.add(step, 1, 2);
    expect([...builder.series().steps]).toEqual(steps);
  });

  test("gives the same series while nothing came, and leaves one that it gave as it was", () => {
    const builder = new SeriesBuilder();
    builder.add(1, 10, 100);
    const first = builder.series();
    expect(builder.series()).toBe(first);
    for (let n = 2; n < 100; n++) builder.add(n, n, n);
    builder.add(2 ** 40, 0.5, 200);
    expect(builder.series()).not.toBe(first);
    expect(first).toEqual({
      steps: Float64Array.of(1),
      values: Float64Array.of(10),
      wallTimes: Float64Array.of(100),
    });
    expect(builder.series().steps.at(-1)).toBe(2 ** 40);
  });

  test("without a point is empty", () => {
    expect(points(new SeriesBuilder())).toEqual([]);
  });
});

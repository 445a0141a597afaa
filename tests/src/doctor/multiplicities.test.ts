import { describe, expect, test } from "vitest";
import { random } from "../../../src/base/random.js";
import { areCopied } from "../../../src/doctor/multiplicities.js";

/** How often each value occurs among `rows` that are drawn from `values`, the first ones more often by `skew`. */
function drawn(rows: number, seed: number, { values, skew }: { values: number; skew: number }): number[] {
  const generator = random(seed);
  const times = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const value = Math.floor(values * generator.next() ** skew);
    times.set(value, (times.get(value) ?? 0) + 1);
  }
  return [...times.values()];
}

const often = (distinct: number, times: number) => Array.from({ length: distinct }, () => times);

describe("areCopied", () => {
  test.each([
    ["each twice", often(1000, 2)],
    ["a tenth twice", [...often(2700, 1), ...often(300, 2)]],
    ["some twenty times", [...often(900, 1), ...often(30, 20)]],
  ])("copies are: %s", (_, occurrences) => {
    expect(areCopied(occurrences)).toBe(true);
  });

  test.each([
    ["no two equal", often(1000, 1)],
    ["one that is frequent", [...often(1000, 1), 500]],
    ["a few cells, each as often", often(25, 40)],
    // As many as f_2² · 2/3 / f_1 = 22 three times are to be expected.
    [
      "twice, and three times as often as is to be expected",
      [...often(2700, 1), ...often(300, 2), ...often(22, 3)],
    ],
  ])("others are not: %s", (_, occurrences) => {
    expect(areCopied(occurrences)).toBe(false);
  });

  test.each([
    { values: 300, skew: 1 },
    { values: 2000, skew: 1 },
    { values: 2000, skew: 3 },
    { values: 50_000, skew: 1 },
    { values: 50_000, skew: 6 },
  ])("nor are rows drawn from $values values by chance, with a skew of $skew", (form) => {
    for (let seed = 0; seed < 20; seed++)
      for (const rows of [1000, 8000])
        expect(areCopied(drawn(rows, seed, form)), `seed ${seed}, ${rows} rows`).toBe(false);
  });
});

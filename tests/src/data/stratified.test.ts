import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { random } from "../../../src/base/random.js";
import { stratifiedParts } from "../../../src/data/stratified.js";

/** scikit-learn's: tests/oracles/data/sklearn_data.py. */
const { stratified } = JSON.parse(
  readFileSync(new URL("../../oracles/data/sklearn_data.json", import.meta.url), "utf8"),
) as { stratified: { counts: number[]; size: number; drawn: number[] }[] };

function labelsOf(counts: readonly number[]): Int32Array {
  return Int32Array.from(counts.flatMap((count, label) => Array<number>(count).fill(label)));
}

function countsOf(labels: Int32Array, places: Int32Array, classes: number): number[] {
  const counts = Array<number>(classes).fill(0);
  for (const place of places) counts[labels[place] as number]!++;
  return counts;
}

it.each(stratified)("of $counts draws $size as scikit-learn does", ({ counts, size, drawn }) => {
  const labels = labelsOf(counts);
  for (const seed of [0, 1, 2]) {
    const [places] = stratifiedParts(labels, [size], random(seed)) as [Int32Array];
    expect(new Set(places).size).toBe(size);
    expect(countsOf(labels, places, counts.length)).toEqual(drawn);
  }
});

it("gives disjoint parts that hold all samples, each with every class's share within one", () => {
  const counts = [37, 5, 11];
  const labels = labelsOf(counts);
  const sizes = [20, 20, 13];
  const parts = stratifiedParts(labels, sizes, random(4));
  expect(parts.map(({ length }) => length)).toEqual(sizes);
  expect(new Set(parts.flatMap((part) => [...part])).size).toBe(53);
  parts.slice(0, 2).forEach((part, i) => {
    countsOf(labels, part, 3).forEach((count, k) => {
      expect(Math.abs(count - ((counts[k] as number) * (sizes[i] as number)) / 53)).toBeLessThan(1);
    });
  });
});

it("draws at random: another seed, other samples in another order", () => {
  const labels = labelsOf([50, 50]);
  const of = (seed: number) => [...(stratifiedParts(labels, [40], random(seed))[0] as Int32Array)];
  expect(of(1)).toEqual(of(1));
  expect(of(1)).not.toEqual(of(2));
  expect(of(1).toSorted((a, b) => a - b)).not.toEqual(of(2).toSorted((a, b) => a - b));
});

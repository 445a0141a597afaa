import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tf } from "../../../src/index.js";
import { givenHistogram } from "../../../src/track/givenHistogram.js";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";

interface Case {
  readonly name: string;
  readonly values: readonly (number | string)[];
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

const file = join(import.meta.dirname, "../../oracles/track/histograms.json");
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };
const written: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, "-inf": -Infinity };

test.each(cases)("counts values as NumPy does: $name", ({ values, edges, counts }) => {
  const numbers = values.map((value) => (typeof value === "number" ? value : (written[value] as number)));
  const half = Math.floor(numbers.length / 2);
  for (const given of [
    numbers,
    Float64Array.from(numbers),
    [numbers.slice(0, half), [numbers.slice(half)]],
  ]) {
    const made = givenHistogram("w", given);
    expect([...made.edges]).toEqual(edges);
    expect([...made.counts]).toEqual(counts);
  }
});

test("records values, a tensor's too, and lists of edges and counts", () => {
  const run = openRun({ name: "histograms", dir: temporaryFolder(), sources: [] });
  const kernel = tf.tensor2d([
    [0, 1],
    [1, 2],
  ]);
  run.histogram("values", kernel, 3);
  kernel.dispose();
  run.histogram("bytes", Uint8Array.of(0, 255, 255), 3);
  run.histogram("lists", { edges: [0, 1, 4], counts: [2, 5] }, 3);
  run.histogram("lost", [Number.NaN, Infinity], 3);
  run.finish();
  const { histograms } = readRun(run.dir);
  const at = (tag: string) =>
    histograms.get(tag)?.map(({ step, histogram: { edges, counts } }) => [step, [...edges], [...counts]]);
  expect(at("lists")).toEqual([[3, [0, 1, 4], [2, 5]]]);
  const [[step, edges, counts]] = at("values") as [[number, number[], number[]]];
  expect([step, edges[0], edges.at(-1)]).toEqual([3, 0, 2]);
  expect([counts[0], counts[15], counts[29]]).toEqual([1, 2, 1]);
  expect((at("bytes") as [[number, number[], number[]]])[0][2].filter((count) => count > 0)).toEqual([1, 2]);
  expect(at("lost")).toEqual([[3, [], []]]);
});

test.each([
  ["no values", [], RangeError, 'histogram "w": there must be a value to count; got none'],
  ["a text", [1, ["2"]], TypeError, 'histogram "w": values must be numbers; got string at 1'],
  [
    "a number",
    5,
    TypeError,
    'histogram "w": it must be { edges, counts }, one edge more than counts, or values in a list, a typed array or a tensor; got number',
  ],
  ["edges alone", { edges: [0, 1] }, TypeError, /^histogram "w": it must be \{ edges, counts \}/],
  ["big integers", BigInt64Array.of(1n), TypeError, /^histogram "w": it must be/],
] as const)("refuses %s", (_, given, kind, sentence) => {
  const make = () => givenHistogram("w", given as never);
  expect(make).toThrow(kind);
  expect(make).toThrow(sentence);
});

import { expect, test } from "vitest";
import { rowHashes } from "../../../../src/data/record/rowHashes.js";
import { expected, floats } from "./expected.js";

const bits = (values: Float32Array) => new Int32Array(values.buffer);

test("hashes are those of the same formula in NumPy", () => {
  const dependent = { words: bits(floats(expected.dependent.values)), width: 4 };
  expect([...rowHashes([dependent], 60)]).toEqual(expected.dependent.hashes);
  const images = { words: bits(floats(expected.images.values)), width: 24 };
  expect([...rowHashes([images], 12)]).toEqual(expected.images.hashes);
});

test("of several inputs they go on from one to the next", () => {
  const values = floats(expected.dependent.values);
  const three = values.filter((_, i) => i % 4 !== 3);
  const last = values.filter((_, i) => i % 4 === 3);
  const inputs = [
    { words: bits(three), width: 3 },
    { words: bits(last), width: 1 },
  ];
  expect([...rowHashes(inputs, 60)]).toEqual(expected.several);
});

test("no two of many rows that differ in little share a hash", () => {
  const width = 5;
  const rows = 50_000;
  const words = new Int32Array(rows * width);
  for (let row = 0; row < rows; row++) words[row * width + (row % width)] = 1 + Math.floor(row / width);
  const hashes = rowHashes([{ words, width }], rows);
  expect(
    new Set(Array.from({ length: rows }, (_, row) => `${hashes[2 * row]} ${hashes[2 * row + 1]}`)).size,
  ).toBe(rows);
});

test("of long rows blocks from the first to the last are looked at", () => {
  const width = 1000;
  const hashesWith = (changed: number) => {
    const words = Int32Array.from({ length: width }, (_, i) => i);
    words[changed] = -1;
    return String(rowHashes([{ words, width }], 1, { mostWords: 100 }));
  };
  const unchanged = hashesWith(500 - 1);
  const seen = Array.from({ length: width }, (_, i) => i).filter((i) => hashesWith(i) !== hashesWith(30));
  expect(unchanged).toBe(hashesWith(30));
  expect(seen.length).toBe(96);
  expect([seen[0], seen.at(-1)]).toEqual([0, width - 1]);
});

test("is ended by what looks at the clock, also in the midst of the rows", () => {
  const rows = 20_000;
  const words = new Int32Array(rows);
  let asked = 0;
  const check = () => {
    if (++asked === 3) throw new RangeError("over");
  };
  expect(() => rowHashes([{ words, width: 1 }], rows, { check })).toThrow("over");
  expect(asked).toBe(3);
});

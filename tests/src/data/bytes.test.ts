import { expect, it } from "vitest";
import { decode, decodedParts } from "../../../src/data/bytes.js";
import { bytesOf, split } from "../../../src/data/split.js";

const bytes = Uint8Array.from({ length: 256 }, (_, i) => 255 - i);

it("makes each byte its share of 255, rounded to float32", () => {
  expect([...decode(bytes)]).toEqual(Array.from(bytes, (byte) => Math.fround(byte / 255)));
});

it("gives the same in parts", () => {
  const many = Uint8Array.from({ length: 150_001 }, (_, i) => (i * 7) % 256);
  const parts = [...decodedParts(many)].map((part) => part.length);
  expect(parts.reduce((a, b) => a + b)).toBe(many.length);
  expect(parts.length).toBeGreaterThan(2);
  let at = 0;
  for (const part of decodedParts(many)) {
    expect(part).toEqual(decode(many.subarray(at, at + part.length)));
    at += part.length;
  }
});

it("makes a split that gives the numbers of one kept as floats", () => {
  const y = Int32Array.from({ length: 64 }, (_, i) => i % 3);
  const shapes = { y, inputShape: [2, 2], targetShape: [] };
  const [ours, plain] = [split("a", { bytes, ...shapes }), split("a", { x: decode(bytes), ...shapes })];
  const options = { batchSize: 10, shuffle: true, seed: 3 };
  expect([...ours.batches(options)]).toEqual([...plain.batches(options)]);
  expect(ours.x).toEqual(plain.x);
  expect(ours.x).toBe(ours.x);
  expect([ours.size, bytesOf(ours), bytesOf(plain)]).toEqual([64, bytes, undefined]);
});

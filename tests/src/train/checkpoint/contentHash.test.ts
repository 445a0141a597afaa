import { expect, test } from "vitest";
import { split } from "../../../../src/data/split.js";
import { contentHash, inputsHash } from "../../../../src/train/checkpoint/contentHash.js";

const values = Float32Array.from({ length: 1003 }, (_, i) => Math.sin(i));

test("does not depend on how the values are cut, and on each of them", () => {
  const hash = contentHash([values]);
  expect(hash).toMatch(/^[0-9a-f]{32}$/);
  expect(contentHash([values.subarray(0, 400), values.subarray(400)])).toBe(hash);
  const changed = [
    ...[0, 1, 2, 3, 500, 1000, 1002].map((at) => values.with(at, 0.25)),
    values.map((value) => -value),
    values.toReversed(),
    values.subarray(0, 1002),
    Float32Array.of(...values, 0),
    values.with(0, values[4] as number).with(4, values[0] as number),
  ];
  const hashes = new Set([hash, ...changed.map((one) => contentHash([one]))]);
  expect(hashes.size).toBe(changed.length + 1);
});

test("is that of the numbers for a split kept as bytes", () => {
  const bytes = Uint8Array.from({ length: 70_001 }, (_, i) => (i * 7919) % 256);
  const content = { y: new Int32Array(70_001), inputShape: [1], targetShape: [] };
  const kept = inputsHash(split("bytes", { ...content, bytes }));
  const x = Float32Array.from(bytes, (byte) => byte / 255);
  expect(kept).toBe(inputsHash(split("numbers", { ...content, x })));
  expect(kept).not.toBe(inputsHash(split("others", { ...content, x: x.with(70_000, 0.5) })));
});

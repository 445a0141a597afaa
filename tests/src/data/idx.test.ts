import { expect, it } from "vitest";
import { parseIdx } from "../../../src/data/idx.js";

const file = (...bytes: number[]) => Uint8Array.from(bytes);
/** Two images of 1 × 3 pixels. */
const good = file(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255);

it("reads shape and bytes", () => {
  const idx = parseIdx(good);
  expect(idx.shape).toEqual([2, 1, 3]);
  expect([...idx.values]).toEqual([1, 2, 3, 4, 5, 255]);
});

it("reads from the middle of a larger buffer", () => {
  const larger = new Uint8Array(good.length + 7);
  larger.set(good, 5);
  expect([...parseIdx(larger.subarray(5, 5 + good.length)).values]).toEqual([1, 2, 3, 4, 5, 255]);
});

it.each([
  [file(0, 0, 8), "Reading digits needs at least 4 bytes; it has 3 bytes"],
  [file(0x1f, 0x8b, 8, 0, 1, 2), "unsigned bytes with nn ≥ 1 dimensions; it has 0x1f8b0800"],
  [file(0, 0, 0x0d, 1, 0, 0, 0, 0), "it has 0x00000d01"],
  [file(0, 0, 8, 2, 0, 0, 0, 1), "Reading digits needs a header of 12 bytes; it has 8 bytes"],
  [good.subarray(0, 21), "Reading digits needs 22 bytes for 2 × 1 × 3 values; it has 21 bytes"],
  [file(...good, 9), "Reading digits needs 22 bytes for 2 × 1 × 3 values; it has 23 bytes"],
])("refuses a broken file (%#)", (bytes, message) => {
  const reading = () => parseIdx(bytes, "digits");
  expect(reading).toThrow(SyntaxError);
  expect(reading).toThrow(message);
});

import { expect, it } from "vitest";
import { updateRatio } from "../../../../src/train/step/updateRatio.js";

it.each([1, 2, 3, 4, 5, 8, 11])(
  "of %d weights is the norm of the change over the norm of the weight",
  (n) => {
    const before = Float32Array.from({ length: n }, (_, i) => i + 1);
    const after = before.map((value, i) => value + (i % 2 === 0 ? 2 : -2));
    const size = Math.hypot(...before);
    expect(updateRatio(before, after, size)).toBeCloseTo((2 * Math.sqrt(n)) / size, 12);
  },
);

it("of a weight of zeros is 0", () => {
  expect(updateRatio(Float32Array.of(0, 0), Float32Array.of(1, 1), 0)).toBe(0);
});

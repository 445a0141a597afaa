import { describe, expect, it } from "vitest";
import { moments } from "../../../../src/train/step/moments.js";

/** Value by value. */
function expected(values: Float32Array) {
  const finite = Array.from(values).filter(Number.isFinite);
  return {
    sum: finite.reduce((sum, value) => sum + Math.abs(value), 0),
    squares: finite.reduce((sum, value) => sum + value ** 2, 0),
    min: Math.min(...finite),
    max: Math.max(...finite),
    zeros: finite.filter((value) => value === 0).length,
    finite: finite.length,
  };
}

const awkward = [0, -0, 3, -7, 1e-45, -1e-40, 3e38, -3e38, Number.NaN, Infinity, -Infinity, 0.5, -0.25];

describe.each([0, 1, 2, 3, 4, 5, 7, 8, 12, 13])("of %d values", (length) => {
  it.each([...awkward.keys()])("are those of each, the %d-th first", (first) => {
    const values = Float32Array.from({ length }, (_, i) => awkward[(first + i) % awkward.length]!);
    const { sum, squares, ...exact } = expected(values);
    const given = moments(values);
    expect(given).toMatchObject(exact);
    expect(Math.abs(given.sum - sum)).toBeLessThanOrEqual(1e-14 * sum);
    expect(Math.abs(given.squares - squares)).toBeLessThanOrEqual(1e-14 * squares);
  });
});

it("are of a part of a larger array too", () => {
  const whole = Float32Array.of(9, 9, 1, 0, -2, 9);
  expect(moments(whole.subarray(2, 5))).toEqual({
    sum: 3,
    squares: 5,
    min: -2,
    max: 1,
    zeros: 1,
    finite: 3,
  });
});

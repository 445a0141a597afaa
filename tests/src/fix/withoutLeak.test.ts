import { describe, expect, it } from "vitest";
import { NotApplicable } from "../../../src/fix/notApplicable.js";
import { withoutLeak } from "../../../src/fix/withoutLeak.js";
import { data } from "../../../src/index.js";

const points = (values: readonly number[]) => values.map((value) => [value, value / 2]);

describe("withoutLeak", () => {
  it("takes rows out of validation and test that are in training", () => {
    const given = data.arrays({
      x: points([1, 3]),
      y: [0, 1],
      validation: { x: points([3, 5]), y: [1, 0] },
      test: { x: points([1, 7]), y: [0, 1] },
    });
    const { train, validation, test } = withoutLeak(given);
    expect([train.size, [...validation!.x], [...validation!.y], [...test!.x]]).toEqual([
      2,
      [5, 2.5],
      [0],
      [7, 3.5],
    ]);
  });

  it("draws a validation anew of which nothing is left, with all copies of a row on one side", () => {
    const values = Array.from({ length: 30 }, (_, i) => i);
    const twice = [...values, ...values];
    const given = data.arrays({
      x: points(twice),
      y: twice.map((value) => value % 2),
      validation: { x: points(values.slice(0, 10)), y: values.slice(0, 10).map((value) => value % 2) },
    });
    const { train, validation } = withoutLeak(given);
    const firsts = (x: Float32Array) => Array.from(x).filter((_, i) => i % 2 === 0);
    const [kept, drawn] = [firsts(train.x), firsts(validation!.x)];
    // A fifth of 30 distinct rows, each of them twice.
    expect([kept.length, drawn.length, new Set(drawn).size, validation!.name]).toEqual([
      48,
      12,
      6,
      "validation",
    ]);
    expect(drawn.filter((value) => kept.includes(value))).toEqual([]);
    expect([...validation!.y]).toEqual(drawn.map((value) => value % 2));
    expect([...withoutLeak(given).validation!.x]).toEqual([...validation!.x]);
  });

  it("says why it cannot", () => {
    const whole = data.arrays({ x: points([1, 2]), y: [0, 1], validation: { x: points([1]), y: [0] } });
    expect(() => withoutLeak(whole)).toThrow(
      new NotApplicable(
        "every row of the validation split is in the training split too, which is too small to draw another from",
      ),
    );
    const test = data.arrays({ x: points([1, 2]), y: [0, 1], test: { x: points([1]), y: [0] } });
    expect(() => withoutLeak(test)).toThrow(
      new NotApplicable("every row of the test split is in the training split too"),
    );
  });
});

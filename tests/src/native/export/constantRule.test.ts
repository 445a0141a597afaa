import { describe, expect, it } from "vitest";
import { DType } from "../../../../src/native/dtypes.js";
import { affineSizes, type ConstantValue, constantRule } from "../../../../src/native/export/constantRule.js";

const batches = [11, 13, 17];
const ints = (shape: number[], values: number[]): ConstantValue => ({
  dtype: DType.int32,
  shape,
  values: Int32Array.from(values),
});
const floats = (shape: number[], values: number[]): ConstantValue => ({
  dtype: DType.float32,
  shape,
  values: Float32Array.from(values),
});
const rule = (make: (batch: number) => ConstantValue) => constantRule(batches.map(make), batches);
const texts = (text: string): ConstantValue => ({
  dtype: DType.string,
  shape: [1],
  values: [Buffer.from(text)],
});

describe("a constant", () => {
  it("is the same for every batch where its values are", () => {
    expect(rule(() => floats([2], [1, Number.NaN]))).toEqual({ kind: "same" });
    expect(rule(() => texts("a"))).toEqual({ kind: "same" });
    expect(rule((batch) => texts(`${batch}`))).toBeUndefined();
    // −0 and 0 divide to other infinities.
    expect(rule((batch) => floats([], [batch === 13 ? -0 : 0]))).toBeUndefined();
  });

  it("of whole numbers follows the batch by a factor and an offset", () => {
    expect(rule((batch) => ints([3], [batch, 5, 4 * batch - 1]))).toEqual({
      kind: "sizes",
      sizes: [
        { scale: 1, offset: 0 },
        { scale: 0, offset: 5 },
        { scale: 4, offset: -1 },
      ],
    });
    expect(rule((batch) => ints([], [2 * batch]))).toEqual({
      kind: "sizes",
      sizes: [{ scale: 2, offset: 0 }],
    });
  });

  it("is refused where the third size does not hold to what the first two tell", () => {
    expect(rule((batch) => ints([], [batch * batch]))).toBeUndefined();
    expect(rule((batch) => ints([], [Math.min(batch, 13)]))).toBeUndefined();
    expect(rule((batch) => ints([], [Math.floor(batch / 2)]))).toBeUndefined();
    expect(rule((batch) => floats([], [batch]))).toBeUndefined();
    expect(rule((batch) => ints([1, 1], [batch]))).toBeUndefined();
  });

  it("is a block that is repeated", () => {
    const row = [1, 2, Number.NaN];
    const rows = rule((batch) => floats([2 * batch, 3], Array.from({ length: 2 * batch }, () => row).flat()));
    expect(rows).toEqual({
      kind: "repeated",
      block: floats([1, 3], row),
      shape: [
        { scale: 2, offset: 0 },
        { scale: 0, offset: 3 },
      ],
    });
    const middle = rule((batch) =>
      floats(
        [2, batch, 2],
        [
          [1, 2],
          [3, 4],
        ].flatMap((pair) => Array.from({ length: batch }, () => pair).flat()),
      ),
    );
    expect(middle).toMatchObject({ kind: "repeated", block: floats([2, 1, 2], [1, 2, 3, 4]) });
    expect(
      rule((batch) =>
        floats(
          [batch],
          Array.from({ length: batch }, (_, i) => (i === 16 ? 1 : 0)),
        ),
      ),
    ).toBeUndefined();
  });

  it("numbers the rows", () => {
    expect(
      rule((batch) =>
        ints(
          [batch],
          Array.from({ length: batch }, (_, i) => i),
        ),
      ),
    ).toEqual({ kind: "range", length: { scale: 1, offset: 0 } });
  });

  it("is the same where there is one size only", () => {
    expect(constantRule([ints([2], [4, 8])], [4])).toEqual({ kind: "same" });
  });
});

it("needs lists of one length", () => {
  expect(affineSizes([[1], [1], [1, 2]], batches)).toBeUndefined();
});

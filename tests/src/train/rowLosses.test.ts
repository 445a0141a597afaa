import { describe, expect, it } from "vitest";
import { isRecordedEpoch, RowLosses } from "../../../src/train/rowLosses.js";
import type { EpochRows } from "../../../src/train/seams.js";

function recorder() {
  const all: [number, number[], number[]][] = [];
  const rows = (epoch: number, { losses, answers }: EpochRows) =>
    void all.push([epoch, [...losses], [...answers]]);
  return { all, rows };
}

const told = (...values: number[]) => ({ values: Float32Array.from(values), from: 0, hasAnswers: false });

describe("what the samples lost", () => {
  it("is recorded of the first four epochs, then of two a doubling", () => {
    const epochs = Array.from({ length: 64 }, (_, i) => i + 1).filter(isRecordedEpoch);
    expect(epochs).toEqual([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]);
  });

  it("is put in the order of the samples, and is unknown of those that were not trained", () => {
    const to = recorder();
    const losses = new RowLosses(4, to);
    // The array of the step may be longer than what it tells.
    losses.add(Int32Array.of(2, 0), {
      values: Float32Array.of(9, 0.5, 1, 3, 1, 9),
      from: 1,
      hasAnswers: true,
    });
    losses.add(Int32Array.of(1), told(2));
    losses.endEpoch(1);
    expect(to.all).toEqual([[1, [1, 2, 0.5, Number.NaN], [1, Number.NaN, 3, Number.NaN]]]);
  });

  it("is forgotten between epochs, and nothing is told of an epoch without", () => {
    const to = recorder();
    const losses = new RowLosses(2, to);
    losses.add(Int32Array.of(0, 1), told(1, 2));
    losses.endEpoch(1);
    losses.add(Int32Array.of(0, 1), undefined);
    losses.endEpoch(2);
    losses.add(Int32Array.of(1), told(3));
    losses.endEpoch(3);
    expect(to.all.map(([epoch, values]) => [epoch, values])).toEqual([
      [1, [1, 2]],
      [3, [Number.NaN, 3]],
    ]);
  });

  it("is kept of recorded epochs alone, and of none where nothing is recorded", () => {
    const kept = new RowLosses(2, recorder());
    expect([1, 4, 5, 6, 7].map((epoch) => kept.isFor(epoch))).toEqual([true, true, false, true, false]);
    expect(new RowLosses(2, undefined).isFor(1)).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { changedDataset, targetDeviations } from "../../../src/fix/changedDataset.js";
import { NotApplicable } from "../../../src/fix/notApplicable.js";
import { data } from "../../../src/index.js";

const rounded = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toFixed(4)));

describe("changedDataset", () => {
  it("brings each column of a table to mean 0 and deviation 1 by the training split's own", () => {
    const given = data.arrays({
      x: [
        [1, 100],
        [2, 300],
        [3, 500],
      ],
      y: [0, 1, 0],
      validation: { x: [[4, 100]], y: [1] },
    });
    const { train, validation } = changedDataset(given, "normalize");
    // NumPy: (x - x.mean(0)) / x.std(0), and the same two for [4, 100].
    expect(rounded(train.x)).toEqual([-1.2247, -1.2247, 0, 0, 1.2247, 1.2247]);
    expect(rounded(validation!.x)).toEqual([2.4495, -1.2247]);
    expect([...given.train.x]).toEqual([1, 100, 2, 300, 3, 500]);
    const [batch] = [...train.batches({ batchSize: 3 })];
    expect(rounded(batch!.x)).toEqual(rounded(train.x));
  });

  it("leaves a column that is the same everywhere at 0, and gives pictures one scale a channel", () => {
    const flat = data.arrays({ x: [[5], [5]], y: [0, 1] });
    expect([...changedDataset(flat, "normalize").train.x]).toEqual([0, 0]);
    const pictures = data.arrays({
      x: Float32Array.of(0, 10, 2, 30, 4, 20, 6, 40),
      inputShape: [1, 2, 2],
      y: [0, 1],
    });
    // NumPy: x.reshape(-1, 2), by columns.
    expect(rounded(changedDataset(pictures, "normalize").train.x)).toEqual([
      -1.3416, -1.3416, -0.4472, 0.4472, 0.4472, -0.4472, 1.3416, 1.3416,
    ]);
  });

  it("scales targets of a regression, and no labels", () => {
    const given = data.arrays({ x: [[0], [1]], y: [[100], [300]], task: "regression" });
    expect([...changedDataset(given, "normalizeTarget").train.y]).toEqual([-1, 1]);
    const labels = data.arrays({ x: [[0], [1]], y: [0, 1] });
    expect(() => changedDataset(labels, "normalizeTarget")).toThrow(NotApplicable);
  });

  it("says what targets are divided by, of the rows that are left before", () => {
    const given = data.arrays({
      x: [[0], [1], [2], [3]],
      y: [
        [100, 7],
        [300, 7],
        [500, 7],
        [900, 7],
      ],
      task: "regression",
    });
    // NumPy: y.std(0), of the first three rows y[:3].std(0); a column that is the same everywhere is divided by 1.
    const rows = { removeRows: [3] };
    expect(rounded(targetDeviations(given, ["normalizeTarget"]) ?? [])).toEqual([295.804, 1]);
    expect(rounded(targetDeviations(given, [rows, "normalizeTarget"]) ?? [])).toEqual([163.2993, 1]);
    expect(targetDeviations(given, ["normalize", rows])).toBeUndefined();
  });

  it("takes out the training rows that a verdict names, unless hardly any are left", () => {
    const given = data.arrays({ x: [[1], [2], [3], [4]], y: [0, 1, 0, 1], validation: { x: [[1]], y: [0] } });
    const { train, validation } = changedDataset(given, { removeRows: [2, 0] });
    expect([[...train.x], [...train.y], validation?.size]).toEqual([[2, 4], [1, 1], 1]);
    expect(() => changedDataset(given, { removeRows: [0, 1, 2] })).toThrow(
      new NotApplicable("it would leave 1 of 4 training rows"),
    );
  });

  it("makes inputs 0 in every split, as if they were left out", () => {
    const given = data.arrays({
      x: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      y: [0, 1],
      validation: { x: [[7, 8, 9]], y: [1] },
    });
    const { train, validation } = changedDataset(given, { blankInputs: [1] });
    expect([[...train.x], [...validation!.x]]).toEqual([
      [1, 0, 3, 4, 0, 6],
      [7, 0, 9],
    ]);
    expect([...given.train.x]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

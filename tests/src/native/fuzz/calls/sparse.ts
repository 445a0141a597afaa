/** Sparse and ragged tensors, by the values that say their rows. */
import { type Calls, wholeNumbers } from "./maker.js";

export const sparse: Calls = {
  "sparse.sparseFillEmptyRows": (d) => [
    wholeNumbers([0, 0, 1, 2, 3, 3], [3, 2]),
    d.float([3]),
    wholeNumbers([4, 4]),
    d.float([]),
  ],
  "sparse.sparseReshape": () => [
    wholeNumbers([0, 0, 1, 2, 3, 3], [3, 2]),
    wholeNumbers([4, 4]),
    wholeNumbers([2, 8]),
  ],
  "sparse.sparseSegmentMean": (d) => [d.float([4, 2]), wholeNumbers([0, 1, 2]), wholeNumbers([0, 0, 1])],
  "sparse.sparseSegmentSum": (d) => [d.float([4, 2]), wholeNumbers([0, 1, 2]), wholeNumbers([0, 0, 1])],
  raggedRange: () => [wholeNumbers([0, 5, 8]), wholeNumbers([3, 5, 12]), wholeNumbers([1, 1, 2])],
  raggedGather: (d) => [[wholeNumbers([0, 1, 3])], d.float([3, 2]), wholeNumbers([1, 0]), 1],
  raggedTensorToTensor: (d) =>
    d.chance(0.5)
      ? [wholeNumbers([2, 3]), d.float([4]), d.float([]), [wholeNumbers([0, 1, 4])], ["ROW_SPLITS"]]
      : [
          wholeNumbers([2, 3]),
          d.float([4]),
          d.float([]),
          [wholeNumbers([2], []), wholeNumbers([0, 0, 1, 1])],
          ["FIRST_DIM_SIZE", "VALUE_ROWIDS"],
        ],
};

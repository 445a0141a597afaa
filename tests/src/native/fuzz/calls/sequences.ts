/** What goes along an axis, makes a row by a rule, or counts and searches in one. */
import { anyTensor, type Calls } from "./maker.js";

export const sequences: Calls = {
  cumsum: (d) => [d.float(d.shape(2)), d.int(0, 1), d.chance(0.5), d.chance(0.5)],
  cumprod: (d) => [d.float(d.shape(2)), d.int(0, 1), d.chance(0.5), d.chance(0.5)],
  argMax: (d) => [d.float(d.shape(3)), d.int(-3, 2)],
  argMin: (d) => [d.float(d.shape(3)), d.int(-3, 2)],
  all: (d) => [d.tensor("bool", d.shape(3)), d.int(-3, 2), d.chance(0.5)],
  any: (d) => [d.tensor("bool", d.shape(3)), d.int(-3, 2), d.chance(0.5)],
  softmax: (d) => [d.float(d.shape(2)), -1],
  logSoftmax: (d) => [d.float(d.shape(2)), -1],
  clipByValue: (d) => [...anyTensor(d), -1, 1],
  addN: (d) => {
    const shape = d.shape(d.int(0, 3));
    return [d.many(d.int(1, 3), () => d.float(shape))];
  },
  linspace: (d) => [0, d.int(1, 5), d.int(1, 6)],
  range: (d) => [0, d.int(1, 9), 1, d.pick(["float32", "int32"])],
  fill: (d) => [d.shape(d.int(0, 4)), 3, d.pick(["float32", "int32", "bool", "string"])],
  zeros: (d) => [d.shape(d.int(0, 4)), d.pick(["float32", "int32", "bool"])],
  eye: (d) => [d.int(1, 4), d.int(1, 4), [d.int(1, 2)]],
  bincount: (d) => [d.ints([5]), d.float([5]), 4],
  denseBincount: (d) => [d.ints(d.shape(d.int(1, 2))), d.float([0]), 4, d.chance(0.5)],
  unsortedSegmentSum: (d) => [d.float([3, 2]), d.ints([3], 2), 3],
  lowerBound: (d) => [d.float([5]), d.float([3])],
  upperBound: (d) => [d.float([2, 5]), d.float([2, 3])],
  searchSorted: (d) => [d.float([2, 5]), d.float([2, 3]), d.pick(["left", "right"])],
  bitwiseAnd: (d) => [d.ints([3]), d.ints([3])],
};

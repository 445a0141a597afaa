/** The same values in another shape or order, or repeated. */
import { axisOf, type Calls } from "./maker.js";

export const shapes: Calls = {
  transpose: (d) => {
    const shape = d.shape(d.int(0, 5));
    return [d.tensor(d.pick(["float32", "complex64", "string"]), shape), d.order(shape.length)];
  },
  reshape: (d) => {
    const shape = d.shape(d.int(0, 4));
    return [d.float(shape), d.chance(0.5) ? [-1] : [...shape].reverse()];
  },
  expandDims: (d) => [d.float(d.shape(2)), d.int(-3, 2)],
  squeeze: (d) => [d.float([1, ...d.shape(2)]), [0]],
  tile: (d) => {
    const shape = d.shape(d.int(1, 4));
    return [d.float(shape), shape.map(() => d.int(0, 2))];
  },
  broadcastTo: (d) => {
    const shape = d.shape(d.int(0, 3));
    return [d.float(shape), [d.int(1, 3), ...shape]];
  },
  reverse: (d) => {
    const shape = d.shape(d.int(0, 4));
    return [d.float(shape), shape.length === 0 ? [] : [axisOf(d, shape.length)]];
  },
  spaceToBatchND: (d) => [
    d.float([1, 4, 4, d.int(1, 2)]),
    [2, 2],
    [
      [0, 0],
      [0, 0],
    ],
  ],
  batchToSpaceND: (d) => [
    d.float([4, 2, 2, d.int(1, 2)]),
    [2, 2],
    [
      [0, 0],
      [0, 0],
    ],
  ],
  depthToSpace: (d) => [d.float([1, 2, 2, 4]), 2, d.pick(["NHWC", "NCHW"])],
};

/** Values taken from places that an input of whole numbers names, or put there. */
import { axisOf, type Calls, wholeNumbers } from "./maker.js";

export const gathers: Calls = {
  gather: (d) => {
    const shape = d.shape(d.int(1, 4));
    return [
      d.tensor(d.pick(["float32", "int32", "string"]), shape),
      d.ints(d.shape(d.int(0, 2)), Math.min(...shape) - 1),
      axisOf(d, shape.length),
      0,
    ];
  },
  gatherND: (d) => {
    const shape = d.shape(d.int(1, 4));
    const depth = d.int(1, shape.length);
    return [d.float(shape), d.ints([d.int(1, 3), depth], Math.min(...shape) - 1)];
  },
  scatterND: (d) => {
    const shape = d.shape(d.int(1, 3));
    const count = d.int(1, 3);
    return [d.ints([count, 1], (shape[0] as number) - 1), d.float([count, ...shape.slice(1)]), shape];
  },
  tensorScatterUpdate: (d) => {
    const shape = d.shape(d.int(1, 3));
    const count = d.int(1, 3);
    return [
      d.float(shape),
      d.ints([count, 1], (shape[0] as number) - 1),
      d.float([count, ...shape.slice(1)]),
    ];
  },
  sparseToDense: (d) => {
    const count = d.int(1, 3);
    return [wholeNumbers(d.many(count, (i) => i)), d.float([count]), [5], d.float([])];
  },
};

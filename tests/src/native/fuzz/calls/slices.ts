/** Tensors cut out, framed, joined and taken apart. */
import type { Draw } from "../draw.js";
import { axisOf, type Calls } from "./maker.js";

function strided(d: Draw): unknown[] {
  const shape = d.shape(d.int(1, 4), 6);
  const mask = () => (d.chance(0.4) ? d.int(0, 15) : 0);
  return [
    d.tensor(d.pick(["float32", "int32"]), shape),
    shape.map((size) => d.int(-size, size)),
    shape.map((size) => d.int(-size, size)),
    shape.map(() => d.pick([1, 2, -1, -2])),
    mask(),
    mask(),
    mask(),
    mask(),
    mask(),
  ];
}

export const slices: Calls = {
  slice: (d) => {
    const shape = d.shape(d.int(1, 5));
    const begin = shape.map((size) => d.int(0, size - 1));
    return [
      d.tensor(d.pick(["float32", "string", "bool"]), shape),
      begin,
      shape.map((size, i) => (d.chance(0.2) ? -1 : d.int(0, size - (begin[i] as number)))),
    ];
  },
  stridedSlice: strided,
  pad: (d) => {
    const shape = d.shape(d.int(0, 5));
    return [d.float(shape), shape.map(() => [d.int(0, 2), d.int(0, 2)]), 1];
  },
  mirrorPad: (d) => {
    const shape = d.shape(d.int(1, 4));
    return [
      d.float(shape),
      shape.map((size) => [d.int(0, size - 1), d.int(0, size - 1)]),
      d.pick(["reflect", "symmetric"]),
    ];
  },
  concat: (d) => {
    const shape = d.shape(d.int(1, 4));
    const dtype = d.pick(["float32", "int32", "bool", "string", "complex64"] as const);
    return [d.many(d.int(1, 3), () => d.tensor(dtype, shape)), axisOf(d, shape.length)];
  },
  stack: (d) => {
    const shape = d.shape(d.int(0, 3));
    return [d.many(d.int(1, 3), () => d.float(shape)), d.int(0, shape.length)];
  },
  unstack: (d) => {
    const shape = d.shape(d.int(1, 4));
    return [d.float(shape), axisOf(d, shape.length)];
  },
  split: (d) => {
    const shape = d.shape(d.int(1, 3));
    const axis = axisOf(d, shape.length);
    const size = shape.at(axis) as number;
    return [d.float(shape), d.chance(0.5) ? size : [1, size - 1], axis];
  },
};

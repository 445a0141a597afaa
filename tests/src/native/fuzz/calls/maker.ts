/** What a table of calls is, and the arguments that functions of many families take. */
import { type Draw, TensorSpec } from "../draw.js";

/** Draws the arguments of one call. */
export type Maker = (draw: Draw) => unknown[];

/** Makers by the function's name, such as `image.transform`. */
export type Calls = Readonly<Record<string, Maker>>;

/** One tensor of any rank. */
export const anyTensor: Maker = (d) => [
  d.tensor(d.pick(["float32", "int32", "float32"]), d.shape(d.int(0, 4))),
];

/** Two tensors, of which the second can be broadcast to the first. */
export function twoAlike(dtype: "float32" | "int32" | "bool", d: Draw): unknown[] {
  const shape = d.shape(d.int(0, 4));
  const other = shape.map((size) => (d.chance(0.2) ? 1 : size));
  return [d.tensor(dtype, shape), d.tensor(dtype, d.chance(0.8) ? other : other.slice(1))];
}

export const axisOf = (d: Draw, rank: number): number => d.int(-rank, rank - 1);

export const wholeNumbers = (values: number[], shape = [values.length]): TensorSpec =>
  new TensorSpec("int32", shape, values);

/** Batch, sizes, channels. */
export const image = (d: Draw, spatial: number, channels = d.int(1, 3)): number[] => [
  d.int(1, 2),
  ...d.many(spatial, () => d.int(3, 7)),
  channels,
];

export const padding = (d: Draw): unknown => d.pick<unknown>(["same", "valid", 1, 0]);

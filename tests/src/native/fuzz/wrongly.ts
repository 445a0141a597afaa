/** Makes a call wrong: another type, rank or size, a value beyond all bounds, an argument too many or too few. */
import { type DataType, type Draw, hostileNumbers, sizeOf, TensorSpec } from "./draw.js";

const types: readonly DataType[] = ["float32", "int32", "bool", "complex64", "string"];
/** Of larger tensors nothing new is learnt. */
const mostValues = 4096;

/** A copy of a call's arguments with one of them changed, at any depth. */
export function wrongly(draw: Draw, value: unknown): unknown {
  if (value instanceof TensorSpec) return draw.chance(0.06) ? stranger(draw) : wrongTensor(draw, value);
  if (Array.isArray(value)) return wrongList(draw, value);
  if (value !== null && typeof value === "object") return wrongRecord(draw, value as Record<string, unknown>);
  if (draw.chance(0.08)) return stranger(draw);
  if (typeof value === "number") return draw.pick(hostileNumbers);
  if (typeof value === "boolean") return !value;
  return draw.pick([
    "",
    "valid",
    "same",
    "reflect",
    "NCHW",
    "NHWC",
    "nearest",
    "bilinear",
    "ij->ji",
    "bogus",
  ]);
}

/** What stands in for any argument. */
function stranger(draw: Draw): unknown {
  return draw.pick<() => unknown>([
    () => null,
    () => undefined,
    () => "bogus",
    () => true,
    () => [],
    () => ({}),
    () => draw.pick(hostileNumbers),
    () => draw.tensor(draw.pick(types), draw.shape(draw.int(0, 5), 3)),
  ])();
}

function wrongTensor(draw: Draw, tensor: TensorSpec): TensorSpec {
  const { dtype, shape, values } = tensor;
  return draw.pick<() => TensorSpec>([
    () => draw.tensor(draw.pick(types), shape),
    () => draw.tensor(dtype, draw.shape(draw.int(0, 6), 3)),
    () => draw.tensor(dtype, shape.length === 0 ? [0] : replaced(draw, shape, 0)),
    () => draw.tensor(dtype, shape.length === 0 ? [2] : replaced(draw, shape, draw.int(1, 9))),
    () => draw.tensor(dtype, draw.chance(0.5) ? [...shape, 1] : shape.slice(1)),
    () => withHostileValues(draw, tensor),
    () => withHostileValues(draw, tensor),
    () => new TensorSpec(dtype, shape, values, true),
  ])();
}

function replaced(draw: Draw, shape: readonly number[], size: number): readonly number[] {
  const place = draw.int(0, shape.length - 1);
  const other = shape.map((old, i) => (i === place ? size : old));
  return sizeOf(other) > mostValues ? shape : other;
}

function withHostileValues(draw: Draw, { dtype, shape, values }: TensorSpec): TensorSpec {
  if (dtype === "string") return new TensorSpec(dtype, shape, values);
  const all = draw.chance(0.3);
  const place = draw.int(0, Math.max(0, values.length - 1));
  const value = draw.pick(hostileNumbers);
  return new TensorSpec(
    dtype,
    shape,
    values.map((old, i) => (all || i === place ? value : old)),
  );
}

function wrongList(draw: Draw, list: readonly unknown[]): unknown[] {
  const place = draw.int(0, Math.max(0, list.length - 1));
  if (list.length > 0 && draw.chance(0.8))
    return list.map((value, i) => (i === place ? wrongly(draw, value) : value));
  return draw.pick<() => unknown[]>([
    () => list.filter((_, i) => i !== place),
    () => [...list, list.length > 0 ? draw.pick(list) : draw.pick(hostileNumbers)],
    () => [],
    () => [...list, draw.pick(hostileNumbers)],
  ])();
}

function wrongRecord(draw: Draw, record: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(record);
  const name = names.length > 0 ? draw.pick(names) : "bogus";
  if (draw.chance(0.05)) return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
  return { ...record, [name]: wrongly(draw, record[name]) };
}

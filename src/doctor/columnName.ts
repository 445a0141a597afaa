/** How a column of an input or a target is called in a sentence. */
import type { ValueStatistics, ValuesRecord } from "../base/dataRecord.js";
import { shortNumber } from "../base/table.js";

export type Side = "inputs" | "targets";

/** Such as `column 2 of 8 (from 0)`, `channel 0 of "photo"`, `the targets`. */
export function columnName(
  { shape, columnCount, name }: Pick<ValuesRecord, "shape" | "columnCount" | "name">,
  column: number,
  side: Side,
): string {
  const of = name === undefined ? "" : ` of "${name}"`;
  if (columnCount === 1) return name === undefined ? `the ${side}` : `"${name}"`;
  return `${shape.length === 3 ? "channel" : "column"} ${column}${of} (of ${columnCount}, counted from 0)`;
}

/** By how much a column's values differ from 0: √(mean² + std²), the root of their mean square. */
export function magnitude({ mean, std }: { readonly mean: number; readonly std: number }): number {
  return Math.hypot(mean, std);
}

/** How values of a column are written: of a large offset with as many digits as show what they differ by. */
export function numbersOf({ mean, std }: Pick<ValueStatistics, "mean" | "std">): (value: number) => string {
  const offset = std > 0 ? Math.max(1, Math.abs(mean) / std) : 1;
  const digits = Math.min(9, 3 + Math.floor(Math.log10(offset)));
  return (value) => shortNumber(value, digits);
}

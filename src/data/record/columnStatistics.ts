/** Statistics of each column of a matrix, and of all its values. */
import type { ColumnStatistics, ValueStatistics } from "../../base/dataRecord.js";

/** Sums are of what a value is above the column's first finite one, so that a large offset costs no digits. */
interface Sums {
  readonly shift: Float64Array;
  readonly sum: Float64Array;
  readonly square: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly zeros: Float64Array;
  readonly nonFinite: Float64Array;
}

/**
 * One pass over `values`, rows of `width` values each.
 *
 * @returns columns in their order, and all of them together
 */
export function columnStatistics(
  values: Float32Array | Int32Array,
  width: number,
): { readonly all: ValueStatistics; readonly columns: ColumnStatistics[] } {
  const sums = emptySums(width);
  addUp(values, width, sums);
  const rows = values.length / width;
  const columns = Array.from({ length: width }, (_, column) => statisticsOf(sums, column, rows));
  return { all: together(columns), columns };
}

function emptySums(width: number): Sums {
  const zeros = () => new Float64Array(width);
  return {
    shift: zeros().fill(Number.NaN),
    sum: zeros(),
    square: zeros(),
    min: zeros().fill(Number.POSITIVE_INFINITY),
    max: zeros().fill(Number.NEGATIVE_INFINITY),
    zeros: zeros(),
    nonFinite: zeros(),
  };
}

/** The arrays have names of their own here: the loop runs over millions of values. */
function addUp(values: Float32Array | Int32Array, width: number, into: Sums): void {
  const { shift, sum, square, min, max, zeros, nonFinite } = into;
  for (let at = 0; at < values.length; ) {
    for (let column = 0; column < width; column++, at++) {
      const value = values[at]!;
      if (value - value !== 0) {
        nonFinite[column]!++;
        continue;
      }
      if (value === 0) zeros[column]!++;
      if (value < min[column]!) min[column] = value;
      if (value > max[column]!) max[column] = value;
      let above = value - shift[column]!;
      if (Number.isNaN(above)) {
        shift[column] = value;
        above = 0;
      }
      sum[column]! += above;
      square[column]! += above * above;
    }
  }
}

function statisticsOf(sums: Sums, column: number, rows: number): ColumnStatistics {
  const nonFinite = sums.nonFinite[column]!;
  const count = rows - nonFinite;
  if (count === 0) return { column, count, mean: 0, std: 0, min: 0, max: 0, zeros: 0, nonFinite };
  const above = sums.sum[column]! / count;
  return {
    column,
    count,
    mean: sums.shift[column]! + above,
    std: Math.sqrt(Math.max(0, sums.square[column]! / count - above * above)),
    min: sums.min[column]!,
    max: sums.max[column]!,
    zeros: sums.zeros[column]! / count,
    nonFinite,
  };
}

/** Chan, Golub and LeVeque's formula: variances of parts, and how far their means lie apart. */
function together(columns: readonly ValueStatistics[]): ValueStatistics {
  const held = columns.filter(({ count }) => count > 0);
  const nonFinite = columns.reduce((sum, column) => sum + column.nonFinite, 0);
  const count = held.reduce((sum, column) => sum + column.count, 0);
  if (count === 0) return { count, mean: 0, std: 0, min: 0, max: 0, zeros: 0, nonFinite };
  const mean = held.reduce((sum, column) => sum + column.mean * (column.count / count), 0);
  const variance = held.reduce(
    (sum, column) => sum + (column.std ** 2 + (column.mean - mean) ** 2) * (column.count / count),
    0,
  );
  return {
    count,
    mean,
    std: Math.sqrt(variance),
    min: held.reduce((least, column) => Math.min(least, column.min), Number.POSITIVE_INFINITY),
    max: held.reduce((most, column) => Math.max(most, column.max), Number.NEGATIVE_INFINITY),
    zeros: held.reduce((sum, column) => sum + column.zeros * column.count, 0) / count,
    nonFinite,
  };
}

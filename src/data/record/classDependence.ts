/** How far the class settles each value of a row: what a label among the inputs is known by. */
import type { ClassDependence } from "../../base/dataRecord.js";
import { sum } from "../../base/sum.js";

/** Rows of a class below which it says nothing: a value that one row has alone looks as if it belonged to the class. */
const leastRows = 5;
/** Sums that are kept: classes × values of a row. */
const mostSums = 4_194_304;
const kept = 8;
const leastKept = 0.5;

export interface LabelledRows {
  /** Rows of `width` values each. */
  readonly values: Float32Array | Int32Array;
  readonly width: number;
  /** One a row. */
  readonly labels: Int32Array;
  readonly classes: number;
}

/**
 * Correlation ratio η² (Pearson, 1905) of each value of a row with the class: Σₖ nₖ (x̄ₖ − x̄)² / Σ (x − x̄)². At most eight
 * of at least a half, highest first; none where classes × values are more than 4,194,304.
 */
export function classDependence(rows: LabelledRows): ClassDependence[] {
  const { width, classes } = rows;
  if (classes * width > mostSums) return [];
  const sizes = new Float64Array(classes);
  for (const label of rows.labels) sizes[label]!++;
  const counts = sizes.map((size) => (size < leastRows ? 0 : size));
  if (counts.filter((count) => count > 0).length < 2) return [];
  const found = etaSquared(rows, counts);
  return Array.from(found, (etaSquared, position) => ({ position, etaSquared }))
    .filter((value) => value.etaSquared >= leastKept)
    .sort((a, b) => b.etaSquared - a.etaSquared)
    .slice(0, kept);
}

/** @param counts rows of each class; of one that is left out 0 */
function etaSquared({ values, width, labels, classes }: LabelledRows, counts: Float64Array): Float64Array {
  const sums = new Float64Array(classes * width);
  const squares = new Float64Array(width);
  labels.forEach((label, row) => {
    if (counts[label] === 0) return;
    const from = row * width;
    const to = label * width;
    for (let i = 0; i < width; i++) {
      // Above the first row's: a large offset costs no digits.
      const above = values[from + i]! - values[i]!;
      sums[to + i]! += above;
      squares[i]! += above * above;
    }
  });
  const rows = sum(counts);
  return squares.map((square, i) => {
    let all = 0;
    let ofClasses = 0;
    counts.forEach((count, label) => {
      if (count === 0) return;
      const own = sums[label * width + i]!;
      all += own;
      ofClasses += (own * own) / count;
    });
    const middle = (all * all) / rows;
    const total = square - middle;
    // NaN, of values that are not finite, is none either.
    return total > 1e-12 * square ? Math.min(1, (ofClasses - middle) / total) : 0;
  });
}

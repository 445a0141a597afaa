/** A precision-recall curve that stays in its event file until somebody asks for it, as TensorBoard's plugin writes it. */
import { StoredBytes } from "./storedBytes.js";

export interface PrCurve {
  /** At rising thresholds from 0 to 1, so that recall falls; without the last ones at which nothing was said to be positive. */
  readonly points: readonly (readonly [recall: number, precision: number])[];
  /** Thresholds in all. */
  readonly thresholds: number;
  /** The sum of each precision times the recall that it adds: with few thresholds less exact. */
  readonly averagePrecision: number;
}

/** Rows of float32: true positives, false positives, true negatives, false negatives, precision, recall. */
const rows = { truePositives: 0, falsePositives: 1, precision: 4, recall: 5 } as const;

export class StoredPrCurve extends StoredBytes {
  /** Reads it. Throws as `bytes` does. */
  read(): PrCurve {
    const bytes = Buffer.from(this.bytes());
    const thresholds = bytes.length / 24;
    const at = (row: number, k: number) => bytes.readFloatLE(4 * (row * thresholds + k));
    const said = (k: number) =>
      Math.trunc(at(rows.truePositives, k)) + Math.trunc(at(rows.falsePositives, k));
    let count = thresholds;
    // As tensorboard/plugins/pr_curve/pr_curves_plugin.py trims them: there precision is of nothing.
    while (count > 1 && said(count - 1) === 0) count--;
    const points = Array.from(
      { length: count },
      (_, k) => [at(rows.recall, k), at(rows.precision, k)] as const,
    );
    const averagePrecision = points.reduce(
      (sum, [recall, precision], k) => sum + (recall - (points[k + 1]?.[0] ?? 0)) * precision,
      0,
    );
    return { points, thresholds, averagePrecision };
  }
}

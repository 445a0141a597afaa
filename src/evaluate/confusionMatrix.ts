import { counted } from "../base/counted.js";
import { escapeHtml } from "../base/escapeHtml.js";
import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { sum } from "../base/sum.js";
import { htmlTable, type Table, textTable } from "../base/table.js";
import { confusionTable, largestConfusions } from "../board/largestConfusions.js";

/** Classes up to which all are shown as text, and confusions that are of more. */
const mostShown = 20;

/**
 * How often each class was taken for each.
 *
 * Invariant: `counts[t][p]` is the number of samples of class t that were said to be p.
 */
export class ConfusionMatrix {
  readonly counts: readonly (readonly number[])[];
  readonly classNames: readonly string[];

  /** @throws RangeError if a label or prediction is outside [0, classes). */
  constructor(labels: Int32Array, predictions: Int32Array, options: { classNames: readonly string[] }) {
    const classes = options.classNames.length;
    const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
    labels.forEach((label, i) => {
      const row = counts[label];
      const said = predictions[i];
      if (!row || said === undefined || row[said] === undefined)
        throw new RangeError(
          `A confusion matrix needs labels from 0 to ${classes - 1}; sample ${i} has label ${label} and prediction ${said}`,
        );
      row[said]++;
    });
    this.counts = counts;
    this.classNames = options.classNames;
  }

  /** Correct of all, 0 to 1; NaN without samples. */
  accuracy(): number {
    return sum(this.counts.map((row, k) => row[k] ?? 0)) / sum(this.counts.map(sum));
  }

  /** Per class: correct of those that are of it, 0 to 1. 0 for a class without samples. */
  recall(): number[] {
    return this.counts.map((row, k) => ratio(row[k] ?? 0, sum(row)));
  }

  /** Per class: correct of those said to be of it, 0 to 1. 0 for a class never said. */
  precision(): number[] {
    const said = new Array<number>(this.counts.length).fill(0);
    for (const row of this.counts)
      row.forEach((n, p) => {
        said[p]! += n;
      });
    return this.counts.map((row, k) => ratio(row[k] ?? 0, said[k] ?? 0));
  }

  /** Per class: harmonic mean of precision and recall; 0 where both are 0. */
  f1(): number[] {
    const precision = this.precision();
    return this.recall().map((r, k) => ratio(2 * r * (precision[k] ?? 0), r + (precision[k] ?? 0)));
  }

  toMimeBundle(): MimeBundle {
    const { head, table } = this.#shown();
    const told = head === undefined ? "" : `<p>${escapeHtml(head)}</p>`;
    return { "text/plain": this.toString(), "text/html": told + htmlTable(table) };
  }

  /** A table of all classes; of more than 20 classes the largest confusions. */
  toString(): string {
    const { head, table } = this.#shown();
    return `${head === undefined ? "" : `${head}\n`}${textTable(table)}`;
  }

  #shown(): { readonly head?: string; readonly table: Table } {
    const { length } = this.classNames;
    if (length <= mostShown) return { table: this.#table() };
    const found = largestConfusions(this, mostShown);
    const head = `confusion matrix of ${length.toLocaleString("en-US")} classes, its ${counted(found.length, "largest confusion")}:`;
    return { head, table: confusionTable(found) };
  }

  /** Rows are the true classes, columns the predicted ones. */
  #table(): Table {
    const { classNames, counts } = this;
    return {
      header: ["true \\ predicted", ...classNames],
      rows: counts.map((row, k) => [classNames[k], ...row.map(String)]),
      right: classNames,
    };
  }
}

inspectInstances(
  ConfusionMatrix,
  String,
  ({ classNames }) => `confusion matrix of ${classNames.length} classes`,
);

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

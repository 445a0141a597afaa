import type { MimeBundle } from "../base/host.js";

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
    return sum(this.counts.map((row, k) => row[k] ?? 0)) / sum(this.counts.flat());
  }

  /** Per class: correct of those that are of it, 0 to 1. 0 for a class without samples. */
  recall(): number[] {
    return this.counts.map((row, k) => ratio(row[k] ?? 0, sum(row)));
  }

  /** Per class: correct of those said to be of it, 0 to 1. 0 for a class never said. */
  precision(): number[] {
    return this.counts.map((row, k) => ratio(row[k] ?? 0, sum(this.counts.map((other) => other[k] ?? 0))));
  }

  /** Per class: harmonic mean of precision and recall; 0 where both are 0. */
  f1(): number[] {
    const precision = this.precision();
    return this.recall().map((r, k) => ratio(2 * r * (precision[k] ?? 0), r + (precision[k] ?? 0)));
  }

  toMimeBundle(): MimeBundle {
    return { "text/plain": this.toString(), "text/html": this.toHtml() };
  }

  /** A table: rows are the true classes, columns the predicted ones. */
  toString(): string {
    const rows = [["true \\ predicted", ...this.classNames], ...this.rows()];
    const widths =
      rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
    const line = (row: readonly string[]) =>
      row.map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      );
    return rows.map((row) => line(row).join("  ")).join("\n");
  }

  private toHtml(): string {
    const head = ["true \\ predicted", ...this.classNames]
      .map((name) => `<th>${escaped(name)}</th>`)
      .join("");
    const body = this.rows()
      .map(([name = "", ...cells]) => {
        const row = cells.map((cell) => `<td>${cell}</td>`).join("");
        return `<tr><th>${escaped(name)}</th>${row}</tr>`;
      })
      .join("");
    return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
  }

  private rows(): string[][] {
    return this.counts.map((row, k) => [this.classNames[k] ?? "", ...row.map(String)]);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

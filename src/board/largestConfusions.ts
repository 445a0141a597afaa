/** The confusions of most samples: of many classes they tell more than a matrix, whose cells are small and mostly empty. */
import type { Table } from "../base/table.js";
import { type CountedClasses, eachCount, samplesOf } from "./eachCount.js";

export interface Confusion {
  /** Names of classes. */
  readonly label: string;
  readonly predicted: string;
  /** Samples of the first that were taken for the second. */
  readonly count: number;
  /** Samples of the first. */
  readonly of: number;
}

/** At most `most`, the largest first; of equal ones the first in the matrix. */
export function largestConfusions(matrix: CountedClasses, most: number): Confusion[] {
  let found: (readonly [count: number, label: number, predicted: number])[] = [];
  let least = 0;
  eachCount(matrix, (count, label, predicted) => {
    if (count <= least || label === predicted) return;
    found.push([count, label, predicted]);
    if (found.length < 8 * most) return;
    found = largest(found, most);
    least = found.at(-1)?.[0] ?? 0;
  });
  const { classNames } = matrix;
  const samples = samplesOf(matrix);
  return largest(found, most).map(([count, label, predicted]) => ({
    label: classNames[label] as string,
    predicted: classNames[predicted] as string,
    count,
    of: samples[label] as number,
  }));
}

function largest<Found extends readonly [count: number, ...unknown[]]>(
  found: readonly Found[],
  most: number,
): Found[] {
  return found.toSorted(([a], [b]) => b - a).slice(0, most);
}

export function confusionTable(confusions: readonly Confusion[]): Table {
  return {
    header: ["true", "predicted", "samples", "of the true class"],
    rows: confusions.map(({ label, predicted, count, of }) => [label, predicted, count, shareOf(count, of)]),
    right: ["of the true class"],
  };
}

/** `12.5 %`. */
function shareOf(count: number, of: number): string {
  return `${((100 * count) / of).toFixed(1)} %`;
}

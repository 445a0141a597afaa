/**
 * What can be learned of a data set at least: a vote of the nearest training rows, which needs no training that could go wrong (Cover and
 * Hart, IEEE Trans. Inform. Theory 1967).
 */
import { random } from "../base/random.js";
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { Dataset } from "../data/dataset.js";
import { rowsOf } from "../data/rowsOf.js";
import type { Split } from "../data/split.js";

const neighbours = 15;
/** Rows of validation that are asked for, and multiplications in all: of more training rows some are drawn, which makes the vote worse. */
const most = { asked: 500, products: 4e8 } as const;
const leastRows = 30;

/**
 * The vote's accuracy on validation; undefined of a regression, of several inputs or targets, and of too few rows.
 * Distances are of inputs as they are: what is scaled otherwise from column to column is for `normalize` to find.
 */
export function nearestAccuracy({ train, validation, classes }: Dataset): number | undefined {
  if (classes === undefined || !validation || train.columns || !(train.y instanceof Int32Array))
    return undefined;
  const width = sizeOfShape(train.inputShape);
  const asked = drawn(validation, most.asked);
  const known = drawn(train, Math.floor(most.products / (asked.size * width)));
  if (Math.min(asked.size, known.size) < leastRows) return undefined;
  const [from, to] = [asked.x, known.x];
  const distances = new Float64Array(known.size);
  let right = 0;
  for (let row = 0; row < asked.size; row++) {
    for (let other = 0; other < known.size; other++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += (from[row * width + i]! - to[other * width + i]!) ** 2;
      distances[other] = sum;
    }
    if (vote(distances, known.y, classes) === asked.y[row]) right++;
  }
  return right / asked.size;
}

/** The class that most of the nearest have; of several the lowest. */
function vote(distances: Float64Array, labels: ArrayLike<number>, classes: number): number {
  const limit = distances.toSorted()[Math.min(neighbours, distances.length) - 1]!;
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < distances.length; i++) if (distances[i]! <= limit) counts[labels[i]!]!++;
  return counts.indexOf(Math.max(...counts));
}

function drawn(split: Split, count: number): Split {
  if (split.size <= count) return split;
  return rowsOf(split, random(0).split(split.name).permutation(split.size).slice(0, count));
}

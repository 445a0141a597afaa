/** A data set none of whose rows is in two parts. */
import { random } from "../base/random.js";
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { Dataset } from "../data/dataset.js";
import { rowsOf } from "../data/rowsOf.js";
import { inputRows, type Split } from "../data/split.js";
import { NotApplicable } from "./notApplicable.js";

/** Share of the distinct training rows of which a new validation split is made. */
const drawn = 0.2;
const leastDrawn = 5;

/**
 * Validation and test lose the rows that are in training. A validation of which nothing is left is drawn anew: a fifth of the
 * distinct training rows, which training loses with all their copies.
 *
 * @throws NotApplicable if nothing is left of test, or too little is there to draw from.
 */
export function withoutLeak(dataset: Dataset): Dataset {
  const { train, validation, test } = dataset;
  const known = new Set(rowKeys(train));
  const rest = test && keptOf(test, (key) => !known.has(key));
  if (test && !rest) throw new NotApplicable("every row of the test split is in the training split too");
  const kept = validation && keptOf(validation, (key) => !known.has(key));
  if (validation && !kept) return { ...dataset, ...drawnAnew(train, validation), test: rest };
  return { ...dataset, validation: kept, test: rest };
}

function drawnAnew(train: Split, validation: Split): { readonly train: Split; readonly validation: Split } {
  const keys = [...new Set(rowKeys(train))];
  const count = Math.floor(drawn * keys.length);
  if (count < leastDrawn)
    throw new NotApplicable(
      `every row of the ${validation.name} split is in the training split too, which is too small to draw another from`,
    );
  const order = random(0).split("fix").permutation(keys.length);
  const taken = new Set(Array.from(order.slice(0, count), (place) => keys[place] as string));
  const part = (isTaken: boolean) => keptOf(train, (key) => taken.has(key) === isTaken) as Split;
  return { train: part(false), validation: { ...part(true), name: validation.name } };
}

/** Undefined if nothing is. */
function keptOf(split: Split, isKept: (key: string) => boolean): Split | undefined {
  const rows = rowKeys(split).flatMap((key, row) => (isKept(key) ? [row] : []));
  return rows.length === 0 ? undefined : rowsOf(split, Int32Array.from(rows));
}

/** A text for each row of inputs, equal for equal rows. */
function rowKeys(split: Split): string[] {
  const width = sizeOfShape(split.inputShape);
  return Array.from({ length: split.size }, (_, row) => {
    const values = inputRows(split, Int32Array.of(row));
    return Buffer.from(values.buffer, values.byteOffset, 4 * width).toString("latin1");
  });
}

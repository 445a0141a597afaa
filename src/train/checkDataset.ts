import type { Dataset } from "../data/dataset.js";
import type { Split } from "../data/split.js";

/**
 * Checks that what was given is a data set at all.
 *
 * @param who asks, for the message
 * @throws TypeError if it has no training data.
 */
export function checkDataset(dataset: Dataset, who = "fit"): void {
  const train: unknown = dataset?.train;
  if (typeof train === "object" && train !== null && "inputShape" in train) return;
  throw new TypeError(
    `${who} needs a data set such as data.mnist() or data.arrays(…) returns; it was given ${kindOf(dataset)}`,
  );
}

/**
 * Checks that what was given is a split at all.
 *
 * @param who asks, for the message
 * @throws TypeError if it holds no samples.
 */
export function checkSplit(split: Split, who: string): void {
  const given: unknown = split;
  const isObject = typeof given === "object" && given !== null;
  // A data set has an input shape too.
  const isDataset = isObject && "train" in given;
  if (isObject && "inputShape" in given && !isDataset) return;
  throw new TypeError(
    `${who} needs a split of a data set, such as the test of what data.mnist() returns; it was given ${isDataset ? "a whole data set: name its test, validation or train" : kindOf(given)}`,
  );
}

function kindOf(given: unknown): string {
  if (given === null || typeof given !== "object") return given === null ? "null" : typeof given;
  if (given instanceof Promise) return "a promise: await it";
  const keys = Object.keys(given);
  return keys.length === 0 ? "an empty object" : `an object of ${keys.slice(0, 5).join(", ")}`;
}

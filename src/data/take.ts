/** A smaller data set of another's samples. */
import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { type Random, random } from "../base/random.js";
import { type Dataset, dataset } from "./dataset.js";
import { rowsOf } from "./rowsOf.js";
import type { Split } from "./split.js";
import { stratifiedParts } from "./stratified.js";

export interface TakeOptions {
  /** Samples of each part, at least 1. Default: all of them. */
  readonly train?: number;
  readonly validation?: number;
  readonly test?: number;
  /** Draw them at random, with the classes' shares as they are in the part. Default false. */
  readonly stratified?: boolean;
  /** Draw them at random, decided by this. Default: the first ones; where `stratified`, 0. */
  readonly seed?: number;
}

const known: OptionNames<TakeOptions> = {
  train: true,
  validation: true,
  test: true,
  stratified: true,
  seed: true,
};

/**
 * A data set of some of the samples, part by part; those that are drawn at random stand in the order that they have in the part.
 *
 * @throws RangeError for more samples than a part has, or of a part that there is not.
 * @throws TypeError for `stratified` where targets are no labels.
 * @example
 * const few = data.take(await data.mnist(), { train: 6000, validation: 1000, stratified: true });
 */
export function take<T extends Dataset>(from: T, options: TakeOptions): T {
  refuseUnknown("data.take", options, known);
  const { stratified = false, seed } = options;
  const part = (name: "train" | "validation" | "test") => {
    const whole = from[name];
    const count = options[name];
    if (count === undefined) return whole;
    checkCount(name, count, whole);
    const generator = seed === undefined && !stratified ? undefined : random(seed ?? 0).split(name);
    return rowsOf(whole as Split, placesOf(whole as Split, count, { stratified, generator }));
  };
  return dataset({
    ...from,
    train: part("train"),
    validation: part("validation"),
    test: part("test"),
  }) as T;
}

function checkCount(name: string, count: number, whole: Split | undefined): void {
  if (whole && Number.isInteger(count) && count >= 1 && count <= whole.size) return;
  throw new RangeError(
    whole
      ? `data.take needs for ${name} a whole number from 1 to its ${whole.size} samples; it was given ${count}`
      : `data.take needs a part of the data set for each number; it was given ${count} for ${name}, which there is not`,
  );
}

function placesOf(
  whole: Split,
  count: number,
  { stratified, generator }: { stratified: boolean; generator: Random | undefined },
): Int32Array {
  if (!generator) return Int32Array.from({ length: count }, (_, i) => i);
  if (!stratified) return generator.permutation(whole.size).subarray(0, count).toSorted();
  if (!(whole.y instanceof Int32Array))
    throw new TypeError(
      `data.take needs class labels to be stratified by; it was given targets of [${whole.targetShape.join(", ")}]`,
    );
  const [drawn] = stratifiedParts(whole.y, [count], generator) as [Int32Array];
  return drawn.sort();
}

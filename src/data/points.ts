/** What data sets of points that are drawn at random have in common. */
import type { Random } from "../base/random.js";
import type { ArraysOptions } from "./arrays.js";

export interface PointsOptions {
  /** Points of all classes and parts together, at least two a class. Default 1000. */
  readonly samples?: number;
  /** How many (≥ 1) or which share (< 1) of them to validate with. Default 0.3. */
  readonly validation?: number;
  /** As `validation`, to test with. Default: none. */
  readonly test?: number;
  /** Decides the points and which of them are set aside. Default 0. */
  readonly seed?: number;
}

export const pointsNames = { samples: true, validation: true, test: true, seed: true } as const;

/** @throws RangeError for a number of points that gives no two of each class. */
export function pointsOptions(
  who: string,
  { samples = 1000, validation = 0.3, test, seed = 0 }: PointsOptions,
  classes: number,
): Required<Pick<PointsOptions, "samples" | "seed">> & Pick<ArraysOptions, "validation" | "test"> {
  if (!Number.isSafeInteger(samples) || samples < 2 * classes)
    throw new RangeError(
      `${who} needs samples to be a whole number of at least two for each of ${classes} classes; it was given ${samples}`,
    );
  return { samples, seed, validation, ...(test !== undefined && { test }) };
}

/** In random order, as `arrays` takes them. */
export function shuffledPoints(
  points: readonly { readonly x: readonly number[]; readonly y: number }[],
  generator: Random,
): Pick<ArraysOptions, "x" | "y"> {
  const order = Array.from(generator.permutation(points.length), (i) => points[i] as (typeof points)[number]);
  return { x: order.map(({ x }) => x), y: Int32Array.from(order, ({ y }) => y) };
}

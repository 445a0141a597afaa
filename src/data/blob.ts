/** Clouds of points, one a class. */
import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { random } from "../base/random.js";
import { arrays } from "./arrays.js";
import type { Dataset } from "./dataset.js";
import { type PointsOptions, pointsNames, pointsOptions, shuffledPoints } from "./points.js";

export interface BlobOptions extends PointsOptions {
  /** One point a class, two classes at least, all of the same number of coordinates. Default: a triangle with sides of about 1.5 around (0, 0). */
  readonly centers?: readonly (readonly number[])[];
  /** Standard deviation of each coordinate around its centre, at least 0. Default 0.3. */
  readonly std?: number;
}

const known: OptionNames<BlobOptions> = { ...pointsNames, centers: true, std: true };

const triangle = [
  [-0.75, -5 / 12],
  [0.75, -5 / 12],
  [0, 5 / 6],
] as const;

/**
 * Points float32 [coordinates], normally distributed around a centre for each class; classes have equally many, the first ones one
 * more where that does not come out even. In random order.
 *
 * Source: `sklearn.datasets.make_blobs`, of the same distribution.
 * @throws TypeError for centres of different lengths. @throws RangeError for fewer than two, a deviation below 0 or too few points.
 * @example
 * const clouds = data.blob({ centers: [[0, 0, 0], [1, 1, 1]], std: 0.2, samples: 300 });
 * console.log(clouds.inputShape, clouds.classes); // [ 3 ] 2
 */
export function blob(options: BlobOptions = {}): Dataset {
  refuseUnknown("data.blob", options, known);
  const { centers = triangle, std = 0.3 } = options;
  checkCenters(centers);
  if (!(std >= 0 && Number.isFinite(std)))
    throw new RangeError(`data.blob needs a std of at least 0; it was given ${std}`);
  const classes = centers.length;
  const { samples, seed, ...parts } = pointsOptions("data.blob", options, classes);
  const generator = random(seed).split("blob");
  const points = Array.from({ length: samples }, (_, i) => ({
    x: (centers[i % classes] as readonly number[]).map((at) => at + std * generator.normal()),
    y: i % classes,
  }));
  return arrays({ name: "blob", ...shuffledPoints(points, generator), classes, seed, ...parts });
}

function checkCenters(centers: readonly (readonly number[])[]): void {
  if (centers.length < 2)
    throw new RangeError(`data.blob needs at least two centers; it was given ${centers.length}`);
  const [first] = centers as [readonly number[]];
  const odd = centers.find(
    (center) => center.length !== first.length || !center.every((at) => Number.isFinite(at)),
  );
  if (odd || first.length === 0)
    throw new TypeError(
      `data.blob needs centers of equally many coordinates, all finite; it was given ${JSON.stringify(odd ?? first)} beside ${JSON.stringify(first)}`,
    );
}

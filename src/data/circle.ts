/** Two circles, one within the other: no line tells them apart. */
import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { random } from "../base/random.js";
import { arrays } from "./arrays.js";
import type { Dataset } from "./dataset.js";
import { type PointsOptions, pointsNames, pointsOptions, shuffledPoints } from "./points.js";

export interface CircleOptions extends PointsOptions {
  /** Radius of the inner circle, in (0, 1); that of the outer one is 1. Default 0.5. */
  readonly factor?: number;
  /** Standard deviation of what is added to each coordinate, at least 0. Default 0.1. */
  readonly noise?: number;
}

const known: OptionNames<CircleOptions> = { ...pointsNames, factor: true, noise: true };

/**
 * Points float32 [2] on two circles around (0, 0), evenly spaced on each, with normal noise: class 0 on the outer one, class 1 on the
 * inner one, which has one more where the number is odd. In random order.
 *
 * Source: `sklearn.datasets.make_circles`, whose points without noise they are.
 * @throws RangeError for a radius, a noise or a number of points out of its range.
 * @example
 * const rings = data.circle({ factor: 0.8, seed: 1 });
 * console.log(rings.train.size, rings.validation?.size); // 700 300
 */
export function circle(options: CircleOptions = {}): Dataset {
  refuseUnknown("data.circle", options, known);
  const { factor = 0.5, noise = 0.1 } = options;
  if (!(factor > 0 && factor < 1))
    throw new RangeError(`data.circle needs a factor between 0 and 1; it was given ${factor}`);
  if (!(noise >= 0 && Number.isFinite(noise)))
    throw new RangeError(`data.circle needs a noise of at least 0; it was given ${noise}`);
  const { samples, seed, ...parts } = pointsOptions("data.circle", options, 2);
  const outer = Math.floor(samples / 2);
  const generator = random(seed).split("circle");
  const points = Array.from({ length: samples }, (_, i) => {
    const isOuter = i < outer;
    const angle = 2 * Math.PI * (isOuter ? i / outer : (i - outer) / (samples - outer));
    const radius = isOuter ? 1 : factor;
    return {
      x: [Math.cos(angle) * radius, Math.sin(angle) * radius].map((at) => at + noise * generator.normal()),
      y: isOuter ? 0 : 1,
    };
  });
  return arrays({ name: "circle", ...shuffledPoints(points, generator), classes: 2, seed, ...parts });
}

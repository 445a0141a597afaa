/** Samples of a split as pictures. */
import { encodePng, type Raster } from "../base/png.js";
import type { Pictures } from "./pictures.js";

/** What of a split is needed; those of `data` are such. */
export interface PictureSplit {
  readonly name: string;
  /** Number of samples. */
  readonly size: number;
  /** All samples behind each other. */
  readonly x: ArrayLike<number>;
  /** Of one sample: [height, width] or [height, width, channels] with 1 or 3 channels. */
  readonly inputShape: readonly number[];
}

/**
 * Values from 0 to 1 are drawn as they are, whole numbers from 0 to 255 as bytes; of others, such as normalised ones, the
 * least of all the samples is black and the greatest is white.
 *
 * @param samples their places in the split
 * @throws TypeError if the split has no pictures, RangeError if it lacks a sample or a value is not finite.
 */
export function splitPictures(split: PictureSplit, samples: readonly number[], what: string): Pictures {
  const raster = rasterOf(split, what);
  const length = raster.width * raster.height * raster.channels;
  const last = Math.max(...samples);
  if (last >= split.x.length / length)
    throw new RangeError(
      `${what}: images must have every sample that was evaluated; "${split.name}" has ${split.x.length / length}, no sample ${last}`,
    );
  const values = samples.map((sample) =>
    Float64Array.from({ length }, (_, i) => split.x[sample * length + i] as number),
  );
  const toByte = byteScale(values, what);
  const files = values.map((picture) => encodePng({ ...raster, data: Uint8Array.from(picture, toByte) }));
  return { width: raster.width, height: raster.height, files };
}

function rasterOf({ name, inputShape }: PictureSplit, what: string): Omit<Raster, "data"> {
  const [height = 0, width = 0, channels = 1] = inputShape;
  const isPicture = inputShape.length === 2 || (inputShape.length === 3 && [1, 3].includes(channels));
  if (!isPicture || height < 1 || width < 1)
    throw new TypeError(
      `${what}: images must be a split of pictures, [height, width] or [height, width, 1 or 3]; samples of "${name}" are [${inputShape.join(", ")}]`,
    );
  return { width, height, channels: channels as Raster["channels"] };
}

function byteScale(pictures: readonly Float64Array[], what: string): (value: number) => number {
  let [least, greatest, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (const picture of pictures)
    for (const value of picture) {
      if (!Number.isFinite(value))
        throw new RangeError(`${what}: values of images must be finite numbers; got ${value}`);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      whole &&= Number.isInteger(value);
    }
  if (least >= 0 && greatest <= 1) return (value) => Math.round(255 * value);
  if (least >= 0 && greatest <= 255 && whole) return (value) => value;
  const span = greatest - least || 1;
  return (value) => Math.round((255 * (value - least)) / span);
}

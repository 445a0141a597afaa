/** Samples of a split as pictures. */
import { encodePng, type Pictures, type Raster } from "./png.js";

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

export interface PictureOptions {
  /** Who asks, for messages. */
  readonly what: string;
  /** Most pixels of a side: larger pictures are made smaller. Default: all that there are. */
  readonly side?: number;
}

/**
 * Values from 0 to 1 are drawn as they are, whole numbers from 0 to 255 as bytes; of others, such as normalised ones, the
 * least of all the samples is black and the greatest is white.
 *
 * @param samples their places in the split
 * @throws TypeError if the split has no pictures, RangeError if it lacks a sample or a value is not finite.
 */
export function splitPictures(
  split: PictureSplit,
  samples: readonly number[],
  { what, side = Number.POSITIVE_INFINITY }: PictureOptions,
): Pictures {
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
  const drawn = sizeWithin(raster, side);
  const files = values.map((picture) => {
    const data = Uint8Array.from(shrunk(picture, raster, drawn), toByte);
    return encodePng({ ...raster, ...drawn, data });
  });
  return { ...drawn, files };
}

type Size = Pick<Raster, "width" | "height">;

/** As many pixels as there are, or fewer in the same proportion. */
function sizeWithin({ width, height }: Size, side: number): Size {
  const factor = Math.min(1, side / Math.max(width, height));
  const scaled = (length: number) => Math.max(1, Math.round(factor * length));
  return { width: scaled(width), height: scaled(height) };
}

/** Each pixel the mean of those in whose place it is. */
function shrunk(
  picture: Float64Array,
  { width, height, channels }: Omit<Raster, "data">,
  to: Size,
): Float64Array {
  if (to.width === width && to.height === height) return picture;
  const first = (index: number, from: number, size: number) => Math.floor((index * from) / size);
  const made = new Float64Array(to.width * to.height * channels);
  for (let y = 0, out = 0; y < to.height; y++) {
    const [top, bottom] = [first(y, height, to.height), first(y + 1, height, to.height)];
    for (let x = 0; x < to.width; x++) {
      const [left, right] = [first(x, width, to.width), first(x + 1, width, to.width)];
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let row = top; row < bottom; row++)
          for (let column = left; column < right; column++)
            sum += picture[(row * width + column) * channels + channel] as number;
        made[out++] = sum / ((bottom - top) * (right - left));
      }
    }
  }
  return made;
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
  if (least >= 0 && greatest <= 255 && whole) return Math.round;
  const span = greatest - least || 1;
  return (value) => Math.round((255 * (value - least)) / span);
}

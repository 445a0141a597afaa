/** The pictures of the samples that a classifier got wrong, small enough for a notebook to carry. */
import type { Pictures } from "../base/png.js";
import { sizeOfShape } from "../base/sizeOfShape.js";
import { type PictureSplit, splitPictures } from "../base/splitPictures.js";
import { gatherRows, inputRows, type Split } from "../data/split.js";

/** Pixels of the longer side, the sharpest first; of the last 16 pictures always fit. */
const sides = [92, 64, 46] as const;
/** Bytes of all of them together. */
const mostBytes = 120_000;

/** Undefined where there are none to show. To be called with the samples that were wrong, before anybody keeps the split. */
export type PicturesOf = (samples: readonly number[]) => Pictures | undefined;

/**
 * @param split what was evaluated. Its samples are taken for pictures if they are [height, width, 1 or 3].
 * @param images the split's samples as pictures where they are others; false for none.
 * @throws TypeError if `images` is no split of pictures, RangeError if it has another size.
 */
export function mistakePictures(split: Split, images: PictureSplit | false | undefined): PicturesOf {
  if (images === false) return () => undefined;
  if (images === undefined) return ownPictures(split);
  if (images?.size !== split.size)
    throw new RangeError(
      `evaluate: images must be the samples that are evaluated, ${split.size} of them; got ${images?.size}`,
    );
  // A split without pictures is refused before the work.
  splitPictures(images, [], { what: "evaluate" });
  return (samples) => small(images, samples);
}

/** Of the first input that has some. Values that are not finite cannot be drawn: the evaluation's loss tells of them. */
function ownPictures(split: Split): PicturesOf {
  const { columns, name, inputShape } = split;
  const inputs = columns?.inputs ?? [{ shape: inputShape, values: undefined }];
  const input = inputs.find(({ shape }) => isPicture(shape));
  if (!input) return () => undefined;
  const { shape, values } = input;
  return (samples) => {
    const rows = Int32Array.from(samples);
    const x = values ? gatherRows(values as Float32Array, sizeOfShape(shape), rows) : inputRows(split, rows);
    if (!x.every(Number.isFinite)) return undefined;
    const own = { name, size: samples.length, inputShape: shape, x };
    return small(own, [...samples.keys()]);
  };
}

/** Of [height, width] nobody knows whether it is a picture or a series. */
function isPicture(shape: readonly number[]): boolean {
  const [height = 0, width = 0, channels] = shape;
  return shape.length === 3 && Math.min(height, width) > 1 && (channels === 1 || channels === 3);
}

function small(split: PictureSplit, samples: readonly number[]): Pictures | undefined {
  if (samples.length === 0) return undefined;
  let pictures: Pictures | undefined;
  for (const side of sides) {
    pictures = splitPictures(split, samples, { what: "evaluate", side });
    if (pictures.files.reduce((sum, { length }) => sum + length, 0) <= mostBytes) break;
  }
  return pictures;
}

/** The pictures of runs as a page carries them: the newest step of a tag, and others evenly spread before it. */
import type { BoardMedia, BoardPicture, BoardPictures } from "./boardMedia.js";
import { spread } from "./downsample.js";

/** Of each tag so many steps, of each step so many pictures. */
export interface PictureLimits {
  readonly steps: number;
  readonly ofAStep: number;
}

/** The first that fits of: fewer steps of each tag, down to the newest alone; then fewer pictures of it, down to one. */
export function pictureLimits(media: readonly (BoardMedia | undefined)[], bytes: number): PictureLimits {
  const all = media.flatMap((one) => [...(one?.images.values() ?? [])]);
  const longest = (lengths: readonly number[]) => lengths.reduce((a, b) => Math.max(a, b), 1);
  const steps = longest(all.map(({ shown }) => shown.length));
  const ofAStep = longest(all.flatMap(({ shown }) => shown.map(({ pictures }) => pictures.length)));
  const tries = [
    ...Array.from({ length: steps }, (_, i) => ({ steps: steps - i, ofAStep })),
    ...Array.from({ length: ofAStep - 1 }, (_, i) => ({ steps: 1, ofAStep: ofAStep - 1 - i })),
  ];
  const weight = (limits: PictureLimits) => media.reduce((sum, one) => sum + pictureBytes(one, limits), 0);
  return tries.find((limits) => weight(limits) <= bytes) ?? { steps: 1, ofAStep: 1 };
}

/** Of all pictures of a run, so limited. */
export function pictureBytes(media: BoardMedia | undefined, limits: PictureLimits): number {
  return [...(media?.images ?? [])].reduce(
    (sum, [tag, found]) => sum + tag.length + weightOf(limitedPictures(found, limits)),
    0,
  );
}

/** The newest step and so many in all. */
export function limitedPictures(
  { shown, ...facts }: BoardPictures,
  { steps, ofAStep }: PictureLimits,
): BoardPictures {
  return { ...facts, shown: spread(shown, steps).map((one) => first(one, ofAStep)) };
}

function first({ pictures, labels, ...rest }: BoardPicture, count: number): BoardPicture {
  return { ...rest, pictures: pictures.slice(0, count), ...(labels && { labels: labels.slice(0, count) }) };
}

/** Of the pictures, which is nearly all. */
function weightOf({ shown }: BoardPictures): number {
  return shown
    .flatMap(({ pictures }) => pictures)
    .reduce((sum, picture) => sum + (picture ? picture.address.length + 60 : 5), 100 * (shown.length + 1));
}

export function pictureCount({ shown }: BoardPictures): number {
  return shown.reduce((sum, { pictures }) => sum + pictures.length, 0);
}

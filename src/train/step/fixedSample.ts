/** The entries of a large tensor that are looked at. */
import { random } from "../../base/random.js";

/** How many entries of a tensor are measured where nobody says it: enough for 30 bins, and soon counted. */
export const histogramEntries = 16_384;

/** Where in its stretch an entry is taken, in [0, 1): a fixed stride would meet the same columns of a matrix again and again. */
const places: number[] = [];
const generator = random(0).split("entries of histograms");

/**
 * The places of `most` entries, rising: one at a random place of each of `most` stretches of equal length. It depends on the
 * two numbers alone, so that every step looks at the same entries.
 *
 * @param size of the tensor, more than `most`
 * @param most a whole number of at least 1
 */
export function fixedSample(size: number, most: number): Int32Array {
  while (places.length < most) places.push(generator.next());
  const stretch = size / most;
  return Int32Array.from({ length: most }, (_, i) =>
    Math.min(size - 1, Math.floor((i + (places[i] as number)) * stretch)),
  );
}

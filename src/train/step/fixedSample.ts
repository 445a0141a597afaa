/** The entries of a large tensor that its histograms are made of. */
import { random } from "../../base/random.js";

/** Entries of a tensor that go into its histograms where nobody says it: enough for 30 bins, and soon counted. */
export const histogramEntries = 16_384;

/** Where in its stretch an entry is taken, in [0, 1): a fixed stride would meet the same columns of a matrix again and again. */
const places: number[] = [];
const generator = random(0).split("entries of histograms");

/**
 * At most `most` of the values, in their order: one at a random place of each of `most` stretches of equal length. It
 * depends on the two numbers alone, so that every step looks at the same entries.
 *
 * @param most a whole number of at least 1, or Infinity
 * @returns the values themselves where they are no more
 */
export function fixedSample(values: Float32Array, most: number): Float32Array {
  if (values.length <= most) return values;
  while (places.length < most) places.push(generator.next());
  const stretch = values.length / most;
  const sample = new Float32Array(most);
  for (let i = 0; i < most; i++)
    sample[i] = values[
      Math.min(values.length - 1, Math.floor((i + (places[i] as number)) * stretch))
    ] as number;
  return sample;
}

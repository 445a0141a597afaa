/** Parts of labelled samples in which classes have the shares that they have in all of them. */
import type { Random } from "../base/random.js";

/**
 * Disjoint parts of so many samples each, drawn at random class by class: of a class each part gets its share of the part's
 * size, rounded down or up so that sizes come out (by the largest remainder).
 *
 * @param sizes together at most as many as there are labels
 * @returns the samples' places, of each part in random order
 * @example stratifiedParts(Int32Array.of(0, 0, 0, 0, 1, 1), [3], random(0)) // [two places of class 0 and one of class 1]
 */
export function stratifiedParts(
  labels: ArrayLike<number>,
  sizes: readonly number[],
  generator: Random,
): Int32Array[] {
  const left = placesByClass(labels, generator);
  const total = labels.length;
  const counts = left.map(({ length }) => length);
  return sizes.map((size) => {
    const quotas = quotasOf(counts, { size, total, most: left.map(({ length }) => length) });
    const drawn = left.flatMap((places, k) => places.splice(0, quotas[k]));
    return Int32Array.from(generator.permutation(drawn.length), (i) => drawn[i] as number);
  });
}

/** Of each class that occurs, in random order. */
function placesByClass(labels: ArrayLike<number>, generator: Random): number[][] {
  const places = new Map<number, number[]>();
  for (const i of generator.permutation(labels.length)) {
    const label = labels[i] as number;
    const found = places.get(label);
    if (found) found.push(i);
    else places.set(label, [i]);
  }
  return [...places].sort(([a], [b]) => a - b).map(([, of]) => of);
}

interface Drawing {
  readonly size: number;
  readonly total: number;
  /** Of each class so many are left. */
  readonly most: readonly number[];
}

/** Hare's quotas with the largest remainders; a class of which too few are left gives its rest to others. */
function quotasOf(counts: readonly number[], { size, total, most }: Drawing): number[] {
  const exact = counts.map((count) => (count * size) / total);
  const quotas = exact.map((share, k) => Math.min(Math.floor(share), most[k] as number));
  const byRemainder = exact
    .map((share, k) => ({ k, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.k - b.k);
  let missing = size - quotas.reduce((sum, quota) => sum + quota, 0);
  while (missing > 0)
    for (const { k } of byRemainder)
      if (missing > 0 && (quotas[k] as number) < (most[k] as number)) {
        quotas[k] = (quotas[k] as number) + 1;
        missing--;
      }
  return quotas;
}

/** Chooses which points of a long series to draw, so that no extreme is lost. */

/**
 * Indices (rising) of at most `budget` points: of each of equal stretches of the axis the least and the greatest
 * value and one point that is not finite, and always the first and the last point.
 * All indices if the series fits.
 *
 * Stretches are of equal width in x where x never falls; else they hold equal numbers of points.
 *
 * @param budget at least 8.
 */
export function keepExtremes(x: ArrayLike<number>, y: ArrayLike<number>, budget: number): number[] {
  if (budget < 8)
    throw new RangeError(`keepExtremes needs a budget of at least 8 points; it was given ${budget}`);
  const n = y.length;
  if (n <= budget) return Array.from({ length: n }, (_, i) => i);
  const stretches = Math.floor((budget - 2) / 3);
  const place = placeOf(x, stretches);
  const kept = new Set<number>([0, n - 1]);
  for (let start = 0; start < n; ) {
    const stretch = place(start);
    let end = start;
    let least = -1;
    let greatest = -1;
    let broken = -1;
    for (; end < n && place(end) === stretch; end++) {
      const value = y[end] as number;
      if (!Number.isFinite(value)) broken = broken < 0 ? end : broken;
      else {
        if (least < 0 || value < (y[least] as number)) least = end;
        if (greatest < 0 || value > (y[greatest] as number)) greatest = end;
      }
    }
    for (const index of [least, greatest, broken]) if (index >= 0) kept.add(index);
    start = end;
  }
  return [...kept].sort((a, b) => a - b);
}

function placeOf(x: ArrayLike<number>, stretches: number): (index: number) => number {
  const n = x.length;
  const first = x[0] as number;
  const width = (x[n - 1] as number) - first;
  let rising = Number.isFinite(width) && width > 0;
  for (let i = 1; i < n && rising; i++) rising = (x[i] as number) >= (x[i - 1] as number);
  if (!rising) return (index) => Math.floor((index / n) * stretches);
  return (index) => Math.min(stretches - 1, Math.floor((((x[index] as number) - first) / width) * stretches));
}

/**
 * At most `count` of `items`, evenly spread, the first and the last among them; of 1 the last alone.
 * @param count at least 1.
 */
export function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  if (count === 1) return items.slice(-1);
  return Array.from(
    { length: count },
    (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))] as T,
  );
}

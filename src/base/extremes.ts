/** The least and the greatest of numbers, however many: as arguments of one call they have no room beyond about 120,000. */

/** As `Math.min` and `Math.max` say: of none Infinity and -Infinity, NaN where one of them is. */
export function extremes(values: Iterable<number>): [least: number, greatest: number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [least, greatest];
}

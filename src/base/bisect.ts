/** Places of numbers in a rising list, found by halving it. Named after Python's module `bisect`. */

/** The first place whose number is not below `value`; behind the last where all are below. */
export function bisectLeft(sorted: ArrayLike<number>, value: number): number {
  return firstPlace(sorted, (number) => number >= value);
}

/** The first place whose number is above `value`; behind the last where none is. */
export function bisectRight(sorted: ArrayLike<number>, value: number): number {
  return firstPlace(sorted, (number) => number > value);
}

/** `fits` is true of all numbers from some place on. */
function firstPlace(sorted: ArrayLike<number>, fits: (number: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fits(sorted[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

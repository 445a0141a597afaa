/** Costs as the tables of a profile write them. */

/** @param share 0 to 1 */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Blank where nothing was counted. */
export function gigaflop(flops: number): number | undefined {
  return flops === 0 ? undefined : Number((flops / 1e9).toPrecision(3));
}

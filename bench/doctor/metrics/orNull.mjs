/** A figure as it is told: null where no run counts for it, which makes it NaN. */
export function orNull(figure) {
  return Number.isNaN(figure) ? null : figure;
}

/** The mean of a list; NaN of an empty one. */
export function meanOf(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The notebook variable that a sweep's result is bound to: `mnist-mlp` gives `mnistMlpSweep`. It never is the sweep's
 * name alone: a sweep over `mnist` must not replace the data set of that name.
 */
export function sweepVariable(name: string): string {
  const words = name.split(/[^\p{L}\p{N}_$]+/u).filter((word) => word !== "");
  const camel = words.map((word, i) => (i === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join("");
  const start = /^[\p{ID_Start}_$]/u.test(camel) ? camel : `_${camel}`;
  return /sweep$/i.test(start) ? `${start}Result` : `${start}Sweep`;
}

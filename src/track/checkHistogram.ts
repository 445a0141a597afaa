/** The invariants of a histogram, held where a person's own enters. */
import type { Histogram } from "../base/histogram.js";

/** Throws a `TypeError` for what is no histogram, a `RangeError` that says which invariant it breaks. */
export function checkHistogram(tag: string, histogram: Histogram): void {
  const { edges, counts, sampledFrom } = (histogram ?? {}) as Partial<Histogram>;
  if (!edges || !counts)
    throw new TypeError(
      `histogram ${JSON.stringify(tag)}: it must be { edges, counts }, one edge more than counts; got ${Array.isArray(histogram) ? "a list" : typeof histogram}`,
    );
  const say = (required: string, given: string): never => {
    throw new RangeError(`histogram ${JSON.stringify(tag)}: ${required}; got ${given}`);
  };
  if (edges.length !== counts.length + 1 && !(edges.length === 0 && counts.length === 0)) {
    say("there must be one edge more than counts", `${edges.length} edges and ${counts.length} counts`);
  }
  edges.forEach((edge, i) => {
    if (!Number.isFinite(edge) || (i > 0 && edge < edges[i - 1]!))
      say("edges must be finite and must not fall", `${edge}`);
  });
  counts.forEach((count) => {
    if (!Number.isFinite(count) || count < 0) say("counts must be finite and not negative", `${count}`);
  });
  if (sampledFrom !== undefined && !(Number.isSafeInteger(sampledFrom) && sampledFrom >= 1))
    say("sampledFrom must be a whole number of at least 1", `${sampledFrom}`);
}

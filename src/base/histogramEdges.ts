/** Edges of histograms with bins of equal width, and the bin of a value. */

export const bins = 30;

/** Those of `numpy.histogram`: `bins` of equal width from `min` to `max`; around a single value one unit wide. */
export function histogramEdges(min: number, max: number): Float64Array {
  const [low, high] = min === max ? [min - 0.5, max + 0.5] : [min, max];
  const width = (high - low) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => low + i * width);
  edges[bins] = high;
  return edges;
}

/** The bin of a value between the outer edges; `bin` may be off by one, as rounding makes it at an edge. */
export function exactBin(edges: Float64Array, value: number, bin: number): number {
  const near = bin < bins ? bin : bins - 1;
  if (value < (edges[near] as number)) return near - 1;
  return near < bins - 1 && value >= (edges[near + 1] as number) ? near + 1 : near;
}

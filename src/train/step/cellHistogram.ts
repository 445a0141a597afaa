/**
 * Histograms of the values that were counted last, with edges where cells end: the edge that is nearest to the one of an
 * equal division, which lies at most 0.4 % of its number beside it. So every value is in its bin, and none is looked at again.
 */
import type { Histogram } from "../../base/histogram.js";
import { bins } from "../../base/histogramEdges.js";
import { type CellCounts, countAt, countBetween } from "./cellCounts.js";
import { boundaryAt, nearestBoundary } from "./cells.js";

/** From the smallest value to the largest; undefined where they are so close together that fewer than 30 edges lie between. */
export function cellHistogram(counts: CellCounts): Histogram | undefined {
  const lowest = lowestOf(counts);
  const end = endOf(counts);
  const [low, high] = [boundaryAt(lowest), boundaryAt(end)];
  const places = dividing(lowest, end, (share) => nearestBoundary(low + (high - low) * share));
  if (!places) return undefined;
  const edges = Float64Array.from(places, boundaryAt);
  // Of numbers up to 0 the last is 0 itself.
  if (end === 1) edges[bins] = 0;
  return {
    edges,
    counts: inBins(places, (from, to) => countBetween(counts, from, to)),
  };
}

/** Of log10 |v| of the values that are not 0; undefined without any, and where they are as close together. */
export function cellLog10Histogram(counts: CellCounts): Histogram | undefined {
  const { nearest, farthest } = counts;
  if (nearest > farthest) return undefined;
  const [low, high] = [nearest, farthest + 1].map((place) => Math.log10(boundaryAt(place))) as [
    number,
    number,
  ];
  const places = dividing(nearest, farthest + 1, (share) =>
    nearestBoundary(10 ** (low + (high - low) * share)),
  );
  if (!places) return undefined;
  return {
    edges: Float64Array.from(places, (place) => Math.log10(boundaryAt(place))),
    counts: inBins(places, (from, to) => countBetween(counts, from, to) + countBetween(counts, -to, -from)),
  };
}

/** The places of 31 edges, the first and the last as given; undefined where two would be one. */
function dividing(first: number, last: number, at: (share: number) => number): number[] | undefined {
  const places = Array.from({ length: bins + 1 }, (_, i) => at(i / bins));
  places[0] = first;
  places[bins] = last;
  return places.every((place, i) => i === 0 || place > (places[i - 1] as number)) ? places : undefined;
}

function inBins(places: readonly number[], between: (from: number, to: number) => number): Float64Array {
  return Float64Array.from({ length: bins }, (_, i) => between(places[i] as number, places[i + 1] as number));
}

/** The first place with a value; there is one. */
function lowestOf({ nearest, farthest, zeros }: CellCounts): number {
  for (let place = -1 - farthest; place <= -1 - nearest; place++) if (countAt(place) > 0) return place;
  if (zeros > 0) return 0;
  let place = nearest;
  while (countAt(place) === 0) place++;
  return place;
}

/** Behind the last place with a value. */
function endOf({ nearest, farthest, zeros }: CellCounts): number {
  for (let place = farthest; place >= nearest; place--) if (countAt(place) > 0) return place + 1;
  if (zeros > 0) return 1;
  let place = -1 - nearest;
  while (countAt(place) === 0) place--;
  return place + 1;
}

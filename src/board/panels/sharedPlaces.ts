/** Where on the axis the values of several lines are told beside each other, and which they are there. */
import { bisectRight } from "../../base/bisect.js";

/** Invariants: both have one length; places rise, and may repeat. */
export interface PlacedValues {
  readonly places: Float64Array;
  readonly values: Float64Array;
}

/** In the order of places; of equal ones in the order given. A clock that goes backwards gives falling ones. */
export function inPlace(places: Float64Array, values: Float64Array): PlacedValues {
  if (places.every((place, i) => i === 0 || place >= (places[i - 1] as number))) return { places, values };
  const order = Array.from(places, (_, i) => i).sort((a, b) => (places[a] as number) - (places[b] as number));
  const take = (from: Float64Array) => Float64Array.from(order, (i) => from[i] as number);
  return { places: take(places), values: take(values) };
}

/**
 * At most `most` places, rising, each of a point of some line, the first and the last of all among them: every place
 * where they are no more than that; else of each of equal stretches one that as many lines as possible have, and of
 * such the one nearest to the stretch's middle.
 * @param most at least 3.
 */
export function sharedPlaces(lines: readonly PlacedValues[], most: number): number[] {
  const all = distinctPlaces(lines, most);
  if (all) return all;
  const filled = lines.filter(({ places }) => places.length > 0);
  const low = Math.min(...filled.map(({ places }) => places[0] as number));
  const high = Math.max(...filled.map(({ places }) => places.at(-1) as number));
  const width = (high - low) / (most - 2);
  const inner = Array.from({ length: most - 2 }, (_, i) =>
    commonest(filled, low + (i + 0.5) * width, width / 2),
  );
  return [...new Set([low, ...inner.filter((place) => place !== undefined), high])].sort((a, b) => a - b);
}

/** Rising; undefined where they are more than `most`. */
function distinctPlaces(lines: readonly PlacedValues[], most: number): number[] | undefined {
  const found = new Set<number>();
  for (const { places } of lines)
    for (let i = 0; i < places.length; i++) {
      found.add(places[i] as number);
      if (found.size > most) return undefined;
    }
  return [...found].sort((a, b) => a - b);
}

/** Places of a stretch that are tried: where each line has places of its own they would be as many as lines. */
const mostTried = 8;

/**
 * Of the places that lines have nearest to the middle, within `reach` of it, the one that most lines have. Of many those
 * are tried that are nearest to the middle for most lines.
 */
function commonest(lines: readonly PlacedValues[], middle: number, reach: number): number | undefined {
  const nearestOf = new Map<number, number>();
  for (const line of lines) {
    const place = line.places[nearestIndex(line, middle)] as number;
    if (Math.abs(place - middle) <= reach) nearestOf.set(place, (nearestOf.get(place) ?? 0) + 1);
  }
  const far = (place: number) => Math.abs(place - middle);
  const tried = [...nearestOf]
    .sort(([a, ofA], [b, ofB]) => ofB - ofA || far(a) - far(b))
    .slice(0, mostTried)
    .map(([place]) => ({
      place,
      count: lines.filter((line) => line.places[nearestIndex(line, place)] === place).length,
    }));
  return tried.sort((a, b) => b.count - a.count || far(a.place) - far(b.place))[0]?.place;
}

/** How far from a place a point may lie that is told there. */
export interface Reach {
  /** Of a place before the line's first point or after its last. Default 0. */
  readonly outside?: number;
  /** Of one between them. Default: any. */
  readonly inside?: number;
}

export interface NearPoint {
  /** Among the line's points. */
  readonly index: number;
  readonly place: number;
  readonly value: number;
}

/** The point nearest to a place, the later one of two as near; undefined where it lies beyond reach. */
export function pointAt(line: PlacedValues, place: number, reach: Reach = {}): NearPoint | undefined {
  const { places, values } = line;
  const at = nearestIndex(line, place);
  if (at < 0) return undefined;
  const isOutside = place < (places[0] as number) || place > (places.at(-1) as number);
  const { outside = 0, inside = Number.POSITIVE_INFINITY } = reach;
  const own = places[at] as number;
  return Math.abs(own - place) <= (isOutside ? outside : inside)
    ? { index: at, place: own, value: values[at] as number }
    : undefined;
}

/** Between two points of a line on average. */
export function spacingOf({ places }: PlacedValues): number {
  return ((places.at(-1) as number) - (places[0] as number)) / Math.max(1, places.length - 1);
}

/** The last of those nearest; -1 of an empty line. */
function nearestIndex({ places }: PlacedValues, place: number): number {
  // The first beyond the place; its equals come behind it.
  let low = bisectRight(places, place);
  if (low === places.length) return low - 1;
  const after = places[low] as number;
  if (low > 0 && place - (places[low - 1] as number) < after - place) return low - 1;
  while (low + 1 < places.length && places[low + 1] === after) low++;
  return low;
}

/** Points that no other beats in both of two metrics. */
import type { Direction } from "../sweep/trialRecord.js";

export interface Directions {
  readonly x: Direction;
  readonly y: Direction;
}

/**
 * The indices of the points that no other dominates, by rising x: none is at least as good in both and better in one.
 * Equal points are on the front together.
 *
 * @param points finite.
 */
export function paretoFront(
  points: readonly { readonly x: number; readonly y: number }[],
  { x, y }: Directions,
): number[] {
  const cost = (direction: Direction, value: number) => (direction === "minimize" ? value : -value);
  const costs = points.map((point, index) => ({ index, x: cost(x, point.x), y: cost(y, point.y) }));
  costs.sort((a, b) => a.x - b.x || a.y - b.y);
  const front: typeof costs = [];
  for (const point of costs) {
    const last = front.at(-1);
    if (!last || point.y < last.y || (point.y === last.y && point.x === last.x)) front.push(point);
  }
  const indices = front.map(({ index }) => index);
  return x === "minimize" ? indices : indices.reverse();
}

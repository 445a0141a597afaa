import { editDistance } from "../base/editDistance.js";

/** The name at most a third of its letters (at least one) away; undefined when none is. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const [near] = names
    .map((name) => ({ name, distance: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return near && near.distance <= Math.max(1, Math.floor(near.name.length / 3)) ? near.name : undefined;
}

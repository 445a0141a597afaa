/** The name that was meant, for messages about a wrong one. */
import { editDistance } from "./editDistance.js";

/**
 * The name at most a third of its letters (and at least one) away, whatever the case; else the first that begins as the
 * wrong one does; undefined when none is near.
 */
export function nearestName(wrong: string, names: Iterable<string>): string | undefined {
  const all = [...names];
  const near = all
    .map((name) => ({ name, distance: distanceOf(wrong, name) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.distance - b.distance)[0];
  return near?.name ?? (wrong.length > 1 ? all.find((name) => name.startsWith(wrong)) : undefined);
}

/** Up to three names, the nearest first, that share at least half of their letters with the wrong one. */
export function nearestNames(wrong: string, names: Iterable<string>): string[] {
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceOf(wrong, name) }))
    .filter(({ name, distance }) => distance <= Math.max(1, name.length / 2) || name.startsWith(wrong))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** ` Did you mean X?` behind a sentence, X with a prefix such as `%`; nothing when no name is near. */
export function didYouMean(wrong: string, names: Iterable<string>, prefix = ""): string {
  const near = nearestName(wrong, names);
  return near === undefined ? "" : ` Did you mean ${prefix}${near}?`;
}

function distanceOf(wrong: string, name: string): number {
  return editDistance(wrong.toLowerCase(), name.toLowerCase());
}

/** A run's parts of one kind, by their tags. */
import type { Part } from "./pageRoom.js";
import type { BoardRun } from "./series.js";

/** A part for each tag. */
export function tagParts<Given, Kept>(
  { label }: BoardRun,
  tags: ReadonlyMap<string, Given> | undefined,
  versions: (given: Given) => readonly Kept[],
): Part<readonly [tag: string, kept: Kept]>[] {
  return [...(tags ?? [])].map(([tag, given]) => ({
    name: `${tag} of ${label}`,
    versions: () => versions(given).map((kept) => [tag, kept] as const),
  }));
}

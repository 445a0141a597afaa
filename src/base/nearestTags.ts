/** What may have been meant by a regular expression that is found in no tag. */
import { nearestNames } from "./nearestName.js";

/**
 * Up to three tags that are near as a whole, behind their prefix, or by their prefix; none where none is near.
 *
 * @param expression as a person typed it: what stands for a tag's begin and end is left out
 */
export function nearestTags(expression: string, tags: readonly string[]): string[] {
  const wanted = expression.replace(/^\^/, "").replace(/(\/?\.\*|\/)?\$?$/, "");
  if (wanted === "") return [];
  const whole = nearestNames(wanted, tags);
  if (whole.length > 0) return whole;
  for (const part of [/^[^/]+\/(.+)$/s, /^([^/]+)\//]) {
    const partOf = (tag: string) => part.exec(tag)?.[1] ?? tag;
    const near = nearestNames(wanted, tags.map(partOf));
    if (near.length > 0)
      return near.flatMap((name) => tags.filter((tag) => partOf(tag) === name)).slice(0, 3);
  }
  return [];
}

/** The evaluations of a tag as a page carries them. */
import { exactJson } from "../base/exactJson.js";
import type { BoardEvaluations } from "./boardMedia.js";
import { spread } from "./downsample.js";

/** As exact JSON, ever smaller: of fewer steps. */
export function evaluationVersions({ shown, ...facts }: BoardEvaluations): string[] {
  return fewerSteps(shown).map((part) => exactJson({ ...facts, shown: part }));
}

/** All; half as many, evenly spread, with the newest and the first, and again half of them; at last the newest alone. */
export function fewerSteps<Recorded>(newestFirst: readonly Recorded[]): (readonly Recorded[])[] {
  const parts: (readonly Recorded[])[] = [newestFirst];
  for (let count = Math.floor(newestFirst.length / 2); count > 1; count = Math.floor(count / 2))
    parts.push(spread(newestFirst, count));
  return newestFirst.length > 1 ? [...parts, newestFirst.slice(0, 1)] : parts;
}

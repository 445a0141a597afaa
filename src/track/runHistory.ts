/** What a run that is resumed has of before. */
import type { RunData, ScalarSeries } from "./runData.js";
import { lastMediaSteps } from "./runMedia.js";
import { TagKinds } from "./tagKinds.js";

export interface RunHistory {
  /** As they were logged: what usual names are made of them changes as it goes on. */
  readonly scalars: ReadonlyMap<string, ScalarSeries>;
  /** The last step of each tag of texts, pictures and the like. */
  readonly mediaSteps: ReadonlyMap<string, number>;
  readonly kinds: TagKinds;
}

export function historyOf(before: RunData): RunHistory {
  return { scalars: before.scalars, mediaSteps: lastMediaSteps(before), kinds: TagKinds.of(before) };
}

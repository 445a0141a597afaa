/** What a run holds beside numbers, as it is read. What is large stays in its file until it is asked for. */
import type { StoredBytes } from "./storedBytes.js";

interface MediaPoint {
  /** Non-negative integer. */
  readonly step: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
}

export interface TextPoint extends MediaPoint {
  /** Markdown. One text, but for runs that others wrote. */
  readonly texts: readonly StoredBytes[];
}

/** By tag, in the order in which they were written. */
export interface RunMedia {
  readonly texts: ReadonlyMap<string, readonly TextPoint[]>;
}

/** Of a run that holds only numbers. */
export const noMedia: RunMedia = { texts: new Map() };

/** The highest step of each tag. */
export function lastMediaSteps(media: RunMedia): Map<string, number> {
  const steps = new Map<string, number>();
  for (const [tag, points] of media.texts)
    for (const { step } of points) steps.set(tag, Math.max(step, steps.get(tag) ?? 0));
  return steps;
}

/** How many steps one call takes where nobody says it. */

/** Of one call at most. */
export const mostByDefault = 32;
/** A step this short, in milliseconds, is spent in good part on being called. */
const shortStep = 3;
/** The event loop waits so many milliseconds for a call at most. */
const longestCall = 20;
/** Capturing them costs as much as calling so many steps one by one. */
const worthwhile = 300;
/** What two measurements differ by with nothing wrong. */
const tolerance = 1.1;

export interface StepTimes {
  /** Milliseconds of a step that is a call of its own; undefined or 0 where it is not known yet. */
  readonly single: number | undefined;
  /** Of a step among several, as far as it is known. */
  readonly several: number | undefined;
  /** Steps to come. */
  readonly left: number;
}

export function stepsPerCall({ single, several, left }: StepTimes): number {
  if (!single || single > shortStep) return 1;
  if (several === undefined && left < worthwhile) return 1;
  if (several && several > tolerance * single) return 1;
  return Math.min(mostByDefault, Math.floor(longestCall / single));
}

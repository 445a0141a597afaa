/** How many steps one call takes where nobody says it. */
import type { StepTime } from "./stepTime.js";

/** Of one call at most. */
export const mostByDefault = 32;
/** A step this short, in milliseconds, is spent in good part on being called. */
const shortStep = 3;
/** The event loop waits so many milliseconds for a call at most. */
const longestCall = 20;
/** Capturing them costs as much as calling so many steps one by one. */
const worthwhile = 300;
/** Several may take this much longer than one by itself, whose batch is gathered beside what is measured. */
const tolerance = 1.25;
/** Before so many calls they say nothing. */
const enough = 3;
/** After so many single steps several are tried again: what was slow may have been another program. */
const retry = 64;

type Times = Pick<StepTime, "measured" | "usual">;

export interface StepTimes {
  /** Of a step that is a call of its own. */
  readonly single: Times;
  /** Of a step among several; undefined before they are captured. */
  readonly several: Times | undefined;
  /** Steps to come. */
  readonly left: number;
}

export function stepsPerCall({ single, several, left }: StepTimes): number {
  const { usual = Number.POSITIVE_INFINITY, measured } = single;
  if (usual > shortStep) return 1;
  if (!several) return left < worthwhile ? 1 : count(usual);
  const isSlower = several.measured >= enough && (several.usual as number) > tolerance * usual;
  return isSlower && measured % retry > 0 ? 1 : count(several.usual ?? usual);
}

function count(milliseconds: number): number {
  return Math.max(1, Math.min(mostByDefault, Math.floor(longestCall / milliseconds)));
}

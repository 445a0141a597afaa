/** Which trials of a long sweep are drawn, and a sentence about it. */

import type { Direction } from "../sweep/trialRecord.js";
import { spread } from "./downsample.js";
import type { TrialPoint } from "./sweepData.js";
import { trialNoun } from "./trialNoun.js";

export interface DrawnTrials {
  /** In order of numbers. */
  readonly trials: readonly TrialPoint[];
  /** Undefined where all are drawn. */
  readonly note?: string;
}

/** All while they are few; else the best half of `most`, and of the others as many, spread evenly over the sweep. */
export function drawnTrials(trials: readonly TrialPoint[], most: number, direction: Direction): DrawnTrials {
  if (trials.length <= most) return { trials };
  const sign = direction === "minimize" ? 1 : -1;
  const ranked = trials
    .filter(({ state, value }) => state === "complete" && Number.isFinite(value))
    .sort((a, b) => sign * (a.value - b.value));
  const best = new Set(ranked.slice(0, Math.floor(most / 2)));
  const rest = trials.filter((trial) => !best.has(trial));
  const kept = new Set([...best, ...spread(rest, most - best.size)]);
  return {
    trials: trials.filter((trial) => kept.has(trial)),
    note: `${kept.size} of ${trials.length} ${trialNoun(trials)} drawn: the best ${best.size}, the others evenly spread`,
  };
}

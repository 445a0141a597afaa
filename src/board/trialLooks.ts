/** How a sweep's trials are told apart: each state has a colour and a shape, the same in all charts of a sweep. */
import type { TrialState } from "../sweep/trialRecord.js";
import { alarm, neutral } from "./palette.js";

export interface TrialLook {
  /** One of Vega's symbols. */
  readonly shape: string;
  readonly colour: string;
}

/** Of the best complete trial. */
export const bestColour = "#dd6b0d";

export const trialLooks: Readonly<Record<TrialState, TrialLook>> = {
  complete: { shape: "circle", colour: "#2a86d8" },
  pruned: { shape: "cross", colour: neutral },
  failed: { shape: "triangle-up", colour: alarm },
  interrupted: { shape: "square", colour: "#a8850c" },
  running: { shape: "diamond", colour: "#109a74" },
};

/** In the order of legends. */
export const trialStates = Object.keys(trialLooks) as TrialState[];

/** `2 failed, 1 running`; nothing of no trials. */
export function countStates(trials: readonly { readonly state: TrialState }[]): string {
  return trialStates
    .map((state) => [trials.filter((trial) => trial.state === state).length, state] as const)
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${count} ${state}`)
    .join(", ");
}

import type { FixState } from "./fixFacts.js";

/** What a net may answer worse than a vote of the nearest rows, which is no better than it on most data. */
const slack = 0.03;

/** Whether there is more in the data than the training found, though nothing is wrong with it. */
export function isBehind({ nearest, outcome }: FixState): boolean {
  return nearest !== undefined && outcome?.metric === "valAccuracy" && outcome.value < nearest - slack;
}

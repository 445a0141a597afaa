/** Trials in words, for tooltips. */
import { shortNumber } from "../../base/table.js";
import type { TrialPoint } from "../sweepData.js";

export function nameOf(trial: TrialPoint): string {
  return trial.label ?? `trial ${trial.number}`;
}

/** `lr=0.001 units=64` */
export function parametersOf(trial: TrialPoint): string {
  return Object.entries(trial.params)
    .map(([name, value]) => `${name}=${typeof value === "number" ? shortNumber(value) : value}`)
    .join(" ");
}

export function valueText(value: unknown): string {
  return typeof value === "number" ? shortNumber(value, 6) : String(value);
}

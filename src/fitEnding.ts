/** What is said of a training at its end. */
import { host } from "./base/host.js";
import { epochsText, type FitRun } from "./fitRun.js";
import { clock, numbers } from "./train/progress.js";

/** The last line of its progress. */
export function endingText(run: FitRun): string {
  const last = Object.entries(run.history).flatMap(([key, values]) =>
    values.length > 0 ? [[key, values.at(-1) ?? 0]] : [],
  );
  const head = `${run.name}: ${run.status}, ${epochsText(run.epochs)} in ${clock(run.seconds)}`;
  // Before the first epoch's end there are no numbers.
  const parts = [head, numbers(Object.fromEntries(last)), run.stopReason ?? ""];
  return parts.filter((part) => part !== "").join(" · ");
}

/** Of one that the person interrupted. */
export function interruptionText(run: FitRun): string {
  return `the training of "${run.name}" was interrupted after ${epochsText(run.epochs)}${keptText(run)}`;
}

/** The call returns nothing now: where what was done can be found. */
function keptText({ id }: FitRun): string {
  if (id === undefined) return "";
  const shown = host().kind === "notebook" ? `%board ${id} shows it, ` : "";
  return `; what it recorded is kept: ${shown}runs({ runs: "${id}" }) lists it, and the model is trained so far`;
}

/** Runs an objective on a trial and says how it ended. */
import { inspect } from "node:util";
import { Interrupted, MetricMissing, TrialPruned } from "../base/errors.js";
import { watchTrainings } from "../base/interruptedTrainings.js";
import { withoutLeftovers } from "../base/leftovers.js";
import { didYouMean } from "../base/nearestName.js";
import { personFrames } from "../base/personFrames.js";
import type { Trial } from "./trial.js";
import type { TrialOutcome } from "./trialLink.js";

/** The function a sweep optimises. It returns the value, or what holds the metric, or nothing after reports. */
export type Objective = (trial: Trial) => unknown;

/**
 * Never rejects: whatever the objective throws is the trial's outcome. Closes the trial's run, and frees the models and
 * tensors that it made and nobody can reach any more.
 */
export function runObjective(objective: Objective, trial: Trial): Promise<TrialOutcome> {
  return withoutLeftovers(() => run(objective, trial));
}

async function run(objective: Objective, trial: Trial): Promise<TrialOutcome> {
  const outcome = await watchTrainings(trial, (interrupted) => settle(objective, trial, interrupted));
  trial.openedRun?.finish(endOf[outcome.state], whyOf(outcome));
  return outcome;
}

/** What the trial's run is said to be. */
const endOf = {
  complete: "finished",
  pruned: "pruned",
  failed: "failed",
  interrupted: "interrupted",
  died: "killed",
} as const;

function whyOf(outcome: TrialOutcome): string | undefined {
  if (outcome.state === "failed") return outcome.error;
  return outcome.state === "pruned" ? "the sweep's pruner stopped the trial" : undefined;
}

/** @param trainingInterrupted whether a training of this trial was interrupted, also if the objective caught it */
async function settle(
  objective: Objective,
  trial: Trial,
  trainingInterrupted: () => boolean,
): Promise<TrialOutcome> {
  try {
    const returned = await objective(trial);
    if (trial.pruned) return pruned(trial);
    // The value of an objective that did not notice counts; reports alone are of a trial that was cut short.
    const noticed = returned === undefined || trial.signalAsked || trainingInterrupted();
    if (trial.interruption.aborted && noticed) return { state: "interrupted" };
    return { state: "complete", value: objectiveValue(returned, trial) };
  } catch (error) {
    if (trial.pruned || isA(error, TrialPruned)) return pruned(trial);
    if (trial.interruption.aborted || isA(error, Interrupted)) return { state: "interrupted" };
    const failed = { state: "failed", error: describeError(error) } as const;
    return isA(error, MetricMissing) ? { ...failed, missing: error.message } : failed;
  }
}

function pruned(trial: Trial): TrialOutcome {
  return { state: "pruned", value: trial.intermediate.at(-1)?.[1] ?? Number.NaN };
}

/** Also by name: a cell may have an instance of the class from another copy of the library. */
function isA(
  error: unknown,
  kind: typeof TrialPruned | typeof Interrupted | typeof MetricMissing,
): error is Error {
  return error instanceof kind || (error instanceof Error && error.name === kind.name);
}

/** The number returned; else the metric of what was returned (`run.best`, a property); else the best report. */
function objectiveValue(returned: unknown, trial: Trial): number {
  const { metric } = trial;
  const found =
    typeof returned === "number" ? returned : metric === undefined ? undefined : metricOf(returned, trial);
  if (typeof found === "number" && Number.isFinite(found)) return found;
  if (metric !== undefined && typeof found !== "number") refuseMissing(metric, returned);
  const needed =
    metric === undefined ? "must return a finite number" : `must return or report a finite ${metric}`;
  const given = found ?? returned;
  throw new TypeError(
    `the objective ${needed}; it gave ${inspect(given, { depth: 0, breakLength: Number.POSITIVE_INFINITY })}`,
  );
}

/** @throws MetricMissing when what was returned has other numbers but not the metric, or nothing came at all. */
function refuseMissing(metric: string, returned: unknown): void {
  if (returned === undefined)
    throw new MetricMissing(
      `the objective must return or report ${metric}; it gave undefined, without a report`,
    );
  if (typeof returned !== "object" || returned === null || metric in returned) return;
  const measured = Object.keys(returned).filter(
    (key) => typeof (returned as Record<string, unknown>)[key] === "number",
  );
  if (measured.length > 0)
    throw new MetricMissing(
      `the objective must return or report ${metric}; it gave ${measured.join(", ")}.${didYouMean(metric, measured)}`,
    );
}

function metricOf(returned: unknown, trial: Trial): unknown {
  const metric = trial.metric as string;
  if (typeof returned === "object" && returned !== null) {
    if ("best" in returned && typeof returned.best === "function") return returned.best(metric);
    if (metric in returned) return (returned as Record<string, unknown>)[metric];
  }
  return returned === undefined ? trial.bestReport() : returned;
}

/** With its stack, so that a person finds the line. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${inspect(error)}`;
  const { stack } = error;
  return stack?.includes(error.message) ? personFrames(stack) : `${error.name}: ${error.message}`;
}

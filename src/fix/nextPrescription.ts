/** Which prescription is tried next. */
import { type Prescription, problems, type Verdict } from "../doctor/index.js";
import type { JsonValue } from "../track/index.js";
import { type Changes, withChange } from "./changes.js";
import type { FixState } from "./fixFacts.js";

/** One that a program can carry out. */
export type Applicable = Prescription & Required<Pick<Prescription, "change">>;

export interface Found {
  readonly verdict: Verdict;
  readonly next: Applicable;
}

/**
 * The first prescription for a state that a program can carry out, and that was not tried from it: the first ones of all root
 * causes in order of cause, whatever their severity, then the second ones.
 *
 * @param had what the first training was set to: to try that again tells nothing
 */
export function nextPrescription(
  { diagnosis, changes }: FixState,
  tried: ReadonlySet<string>,
  had: Settings = {},
): Found | undefined {
  const roots = diagnosis.verdicts
    .filter(({ follows, severity }) => follows === undefined && severity !== "info")
    .sort((a, b) => problems.indexOf(a.problem) - problems.indexOf(b.problem));
  const most = Math.max(0, ...roots.map(({ prescription }) => prescription.length));
  for (let k = 0; k < most; k++)
    for (const verdict of roots) {
      const next = verdict.prescription.filter(isApplicable)[k];
      if (next && !tried.has(keyOf(withChange(changes, next.change, verdict), had))) return { verdict, next };
    }
  return undefined;
}

function isApplicable(one: Prescription): one is Applicable {
  return one.change !== undefined;
}

/** Options of `fit` as a run records them. */
type Settings = Readonly<Record<string, JsonValue | undefined>>;

/** No configuration is trained twice: one that is set to what the first training had is that of the first. */
export function keyOf({ fit, model, data }: Changes, had: Settings = {}): string {
  const sorted = (options: object) => Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  // A rate of another optimiser is another setting.
  const isOther = fit.optimizer !== undefined && fit.optimizer !== had.optimizer;
  const differing = sorted(fit).filter(
    ([name, value]) => value !== had[name] || (name === "learningRate" && isOther),
  );
  return JSON.stringify([differing, sorted(model), data]);
}

/** Which prescription is tried next. */
import { type Prescription, problems, type Verdict } from "../doctor/index.js";
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
 */
export function nextPrescription(
  { diagnosis, changes }: FixState,
  tried: ReadonlySet<string>,
): Found | undefined {
  const roots = diagnosis.verdicts
    .filter(({ follows, severity }) => follows === undefined && severity !== "info")
    .sort((a, b) => problems.indexOf(a.problem) - problems.indexOf(b.problem));
  const most = Math.max(0, ...roots.map(({ prescription }) => prescription.length));
  for (let k = 0; k < most; k++)
    for (const verdict of roots) {
      const next = verdict.prescription.filter(isApplicable)[k];
      if (next && !tried.has(keyOf(withChange(changes, next.change, verdict)))) return { verdict, next };
    }
  return undefined;
}

function isApplicable(one: Prescription): one is Applicable {
  return one.change !== undefined;
}

/** No configuration is trained twice. */
export function keyOf({ fit, model, data }: Changes): string {
  const sorted = (options: object) => Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted(fit), sorted(model), data]);
}

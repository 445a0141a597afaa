/** Trainings of a fix side by side. */
import type { Prescription } from "../doctor/index.js";
import type { FixAttempt, FixFacts, FixFailure, FixState } from "./fixFacts.js";

/** What is shown of a fix. */
export interface FixCard {
  readonly headline: string;
  readonly cured: boolean;
  readonly improved: boolean;
  readonly before: FixState;
  readonly after: FixState;
  readonly attempts: readonly FixAttempt[];
  readonly failed: readonly FixFailure[];
  readonly applied: readonly Prescription[];
  readonly advice: FixFacts["advice"];
  readonly patchFile: string | undefined;
}

/** The first training and those that were tried, a column each. */
export function comparison(fix: FixCard): { header: string[]; rows: (string | undefined)[][] } {
  const states = [fix.before, ...fix.attempts];
  const names = ["before", ...fix.attempts.map(numberText)];
  const marked = states.map((state, i) =>
    state.dir === fix.after.dir && fix.improved ? `${names[i]} ✓` : names[i],
  );
  const metric = fix.before.outcome?.metric ?? fix.after.outcome?.metric ?? "loss";
  return {
    header: ["", ...(marked as string[])],
    rows: [
      ["verdict", ...states.map(({ diagnosis }) => diagnosis.headline)],
      [metric, ...states.map(({ outcome }) => outcome?.value.toPrecision(4))],
      ["run", ...states.map(({ diagnosis }) => diagnosis.id)],
    ],
  };
}

/** What each training had that the one it began from had not. */
export function triedTexts({ attempts }: FixCard): string[] {
  return attempts.map((attempt) => `${numberText(attempt)}: ${attempt.prescription.text}`);
}

/** Trainings that threw, and what. */
export function failedTexts({ failed }: FixCard): string[] {
  return failed.map(({ number, prescription: { text }, why }) => `${number}: ${text}: ${why}`);
}

function numberText({ number, probe }: FixAttempt): string {
  return `${number}${probe ? " (probe)" : ""}`;
}

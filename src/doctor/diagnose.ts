/** Applies every rule to a run. */
import type { RunData } from "../track/index.js";
import { Diagnosis } from "./diagnosis.js";
import { rules } from "./rules/rules.js";
import { viewRun } from "./runView.js";
import { type Problem, problems, type RuleOutcome, type Severity, type Verdict } from "./verdict.js";

/** Which problem makes which other one appear as its symptom. */
const causes: Readonly<Partial<Record<Problem, readonly Problem[]>>> = {
  LossNotDecreasing: ["ExplodingGradient", "DeadLayer", "VanishingGradient"],
};

const severities: readonly Severity[] = ["error", "warning", "info"];

/** What is wrong with a run, if anything; from its files alone, the same for the same run. */
export function diagnose(run: RunData, { older = 0 }: { readonly older?: number } = {}): Diagnosis {
  const view = viewRun(run);
  const judged = rules.map((rule) => ({ problem: rule.problem, judgement: rule.judge(view) }));
  const found = judged.flatMap(({ judgement }) => (judgement.kind === "verdict" ? [judgement.verdict] : []));
  const verdicts = found.map((verdict) => asSymptom(verdict, found)).sort(byCause);
  const outcomes = judged.map(
    ({ problem, judgement }): RuleOutcome => ({
      problem,
      outcome: judgement.kind,
      ...(judgement.kind === "notEnough" && { missing: judgement.missing }),
    }),
  );
  return new Diagnosis(run, { verdicts, outcomes, older });
}

function rank({ severity }: Verdict): number {
  return severities.indexOf(severity);
}

/** A weaker verdict does not explain a stronger one. */
function asSymptom(verdict: Verdict, found: readonly Verdict[]): Verdict {
  const cause = causes[verdict.problem]?.find((problem) =>
    found.some((other) => other.problem === problem && rank(other) <= rank(verdict)),
  );
  if (cause === undefined) return verdict;
  const first = { text: `Cure ${cause} first: this follows from it` };
  return { ...verdict, follows: cause, prescription: [first] };
}

/** Root causes before symptoms, then by severity, then in order of cause. */
function byCause(a: Verdict, b: Verdict): number {
  return (
    Number(a.follows !== undefined) - Number(b.follows !== undefined) ||
    rank(a) - rank(b) ||
    problems.indexOf(a.problem) - problems.indexOf(b.problem)
  );
}

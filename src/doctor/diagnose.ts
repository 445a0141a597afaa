/** Applies every rule to a run. */
import type { RunData } from "../track/index.js";
import { Diagnosis } from "./diagnosis.js";
import { rules } from "./rules/rules.js";
import { viewRun } from "./runView.js";
import { type Problem, problems, type RuleOutcome, severities, type Verdict } from "./verdict.js";

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

function asSymptom({ mayFollow, ...verdict }: Verdict, found: readonly Verdict[]): Verdict {
  const cause = rootOf({ ...verdict, mayFollow }, found)?.problem;
  if (cause === undefined) return verdict;
  const first = { text: `Cure ${cause} first: this follows from it` };
  return { ...verdict, follows: cause, prescription: [first] };
}

/** A weaker verdict does not explain a stronger one. What explains it may itself follow from another. */
function rootOf(verdict: Verdict, found: readonly Verdict[]): Verdict | undefined {
  const explains = (problem: Problem) =>
    found.find((other) => other.problem === problem && rank(other) <= rank(verdict));
  for (const problem of verdict.mayFollow ?? []) {
    const cause = explains(problem);
    if (cause) return rootOf(cause, found) ?? cause;
  }
  return undefined;
}

/** Root causes before symptoms, then by severity, then in order of cause. */
function byCause(a: Verdict, b: Verdict): number {
  return (
    Number(a.follows !== undefined) - Number(b.follows !== undefined) ||
    rank(a) - rank(b) ||
    problems.indexOf(a.problem) - problems.indexOf(b.problem)
  );
}

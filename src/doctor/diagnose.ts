/** Applies every rule to a run. */
import type { RunData } from "../track/index.js";
import { implied, rootOf } from "./causes.js";
import { Diagnosis } from "./diagnosis.js";
import type { Rule } from "./rule.js";
import { rules } from "./rules/rules.js";
import { type RunView, viewRun } from "./runView.js";
import {
  type Judgement,
  notEnough,
  problems,
  type RuleOutcome,
  type Severity,
  severities,
  type Verdict,
} from "./verdict.js";

/**
 * What is wrong with a run, if anything; from its files alone, the same for the same run. A rule that fails on what it reads is
 * one that could not judge, and the others judge.
 *
 * @throws Error that names the run's folder where its record is no such record
 */
export function diagnose(run: RunData, { older = 0 }: { readonly older?: number } = {}): Diagnosis {
  const view = viewOrNamed(run);
  const judged = rules.map((rule) => ({ problem: rule.problem, judgement: judge(rule, view) }));
  const found = judged.flatMap(({ judgement }) => (judgement.kind === "verdict" ? [judgement.verdict] : []));
  const verdicts = found.map((verdict) => asFound(verdict, found)).sort(byCause);
  const outcomes = judged.map(
    ({ problem, judgement }): RuleOutcome => ({
      problem,
      outcome: judgement.kind,
      ...(judgement.kind === "notEnough" && { missing: judgement.missing }),
    }),
  );
  return new Diagnosis(run, { verdicts, outcomes, older });
}

function viewOrNamed(run: RunData): RunView {
  try {
    return viewRun(run);
  } catch (error) {
    const { name, message } = error as Error;
    throw new Error(`diagnose ${run.dir}: its record must be whole; it failed with ${name}: ${message}`, {
      cause: error,
    });
  }
}

function judge(rule: Rule, view: RunView): Judgement {
  try {
    return rule.judge(view);
  } catch (error) {
    const { name, message } = error as Error;
    return notEnough(`what it reads to be whole; it failed with ${name}: ${message}`);
  }
}

function rank({ severity }: Verdict): number {
  return severities.indexOf(severity);
}

/** Symptoms name their cause, and what it implies is a remark; a cause is as severe as what it brings about. */
function asFound(verdict: Verdict, found: readonly Verdict[]): Verdict {
  const { mayFollow: _, ...said } = verdict;
  const cause = rootOf(verdict, found)?.problem;
  if (cause !== undefined) {
    const first = { text: `Cure ${cause} first: this follows from it` };
    const severity = implied.has(verdict.problem) ? "info" : verdict.severity;
    return { ...said, severity, follows: cause, prescription: [first] };
  }
  const symptoms = found.filter((other) => rootOf(other, found) === verdict);
  const severity = severities[Math.min(rank(verdict), ...symptoms.map(rank))] as Severity;
  return { ...said, severity };
}

/** Root causes before symptoms, then by severity, then in order of cause. */
function byCause(a: Verdict, b: Verdict): number {
  return (
    Number(a.follows !== undefined) - Number(b.follows !== undefined) ||
    rank(a) - rank(b) ||
    problems.indexOf(a.problem) - problems.indexOf(b.problem)
  );
}

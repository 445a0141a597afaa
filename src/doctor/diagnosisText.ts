/** A diagnosis for a terminal: root causes with evidence and what to do, symptoms a line each below their cause. */
import type { PreflightRecord } from "../base/preflightRecord.js";
import { shortNumber } from "../base/table.js";
import { preflightLines } from "./recordedPreflight.js";
import { type Root, roots, verdictPlaceText } from "./roots.js";
import { unjudgedText } from "./unjudged.js";
import type { Evidence, RuleOutcome, Verdict } from "./verdict.js";

/** What is shown of a diagnosis. */
export interface DiagnosisCard {
  readonly name: string;
  readonly id: string;
  readonly headline: string;
  readonly healthy: boolean;
  readonly top: Verdict | undefined;
  readonly verdicts: readonly Verdict[];
  readonly outcomes: readonly RuleOutcome[];
  readonly choice: string | undefined;
  readonly preflight: PreflightRecord | undefined;
}

/** Of a symptom's line: what a terminal shows without breaking it. */
const lineWidth = 110;

export function diagnosisText(diagnosis: DiagnosisCard): string {
  const lines = [`${diagnosis.name} (${diagnosis.id}): ${diagnosis.headline}`];
  if (diagnosis.choice !== undefined) lines.push(`  ${diagnosis.choice}`);
  for (const root of roots(diagnosis.verdicts))
    lines.push("", ...rootText(root, root.verdict === diagnosis.top));
  const before = preflightLines(diagnosis);
  if (before.length > 0) lines.push("", ...before.map((line) => `  ${line}`));
  const left = unjudgedText(diagnosis.outcomes);
  if (left !== undefined) lines.push("", `  ${left}`);
  return lines.join("\n");
}

/** Such as `‖g‖ of hidden_1 / ‖g‖ of output = 2.1e-5 (threshold: below 0.001)`. */
export function evidenceText({ what, value, threshold, crossed, unit = "" }: Evidence): string {
  return `${what} = ${shortNumber(value, 3)}${unit} (threshold: ${crossed} ${shortNumber(threshold, 3)}${unit})`;
}

const marks = { error: "✗", warning: "!", info: "i" } as const;

/** What is to be done of the first one is told whole, of others what comes first: all of it has to be on one screen. */
function rootText({ verdict, symptoms }: Root, isTop: boolean): string[] {
  const lines = [
    `${marks[verdict.severity]} ${verdict.problem} (${verdict.severity}): ${verdict.message}`,
    "  evidence:",
    ...verdict.evidence.map((evidence) => `    ${evidenceText(evidence)}`),
    "  what to do:",
  ];
  const { prescription } = verdict;
  for (const [i, { text, code }] of prescription.slice(0, isTop ? undefined : 1).entries()) {
    lines.push(`    ${i + 1}. ${text}`);
    if (code !== undefined) lines.push(`       ${code}`);
  }
  if (symptoms.length > 0) lines.push("  symptoms, which follow from it:", ...symptoms.map(symptomText));
  return lines;
}

function symptomText(symptom: Verdict): string {
  const line = `    ${marks[symptom.severity]} ${verdictPlaceText(symptom)}: ${symptom.message}`;
  if (line.length <= lineWidth) return line;
  return `${line.slice(0, line.lastIndexOf(" ", lineWidth - 1)).replace(/[,;:.]$/, "")}…`;
}

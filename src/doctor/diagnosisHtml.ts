/**
 * A diagnosis as a card: each root cause with a chart of its evidence and what to do, symptoms below their cause.
 * Everything from the run is escaped. Without styles, as some sites show notebooks, it still reads from top to bottom.
 */
import { escapeHtml } from "../base/escapeHtml.js";
import { readableColour } from "../base/readableColour.js";
import { htmlTable, shortNumber } from "../base/table.js";
import type { DiagnosisCard } from "./diagnosisText.js";
import { prescriptionItems } from "./prescriptionItems.js";
import { preflightHtml } from "./recordedPreflight.js";
import { type Root, roots, verdictPlaceText } from "./roots.js";
import { unjudged, unjudgedPart } from "./unjudged.js";
import type { Prescription, RuleOutcome, Severity, Verdict } from "./verdict.js";

/** Told apart by the colour-blind; the word stands beside the colour. */
const colours: Readonly<Record<Severity, string>> = { error: "#c2410c", warning: "#a16207", info: "#0369a1" };
const healthyColour = "#15803d";

/** @param chart of a verdict's evidence, as HTML; undefined where there is none. */
export function diagnosisHtml(
  diagnosis: DiagnosisCard,
  chart: (verdict: Verdict) => string | undefined = () => undefined,
): string {
  const { top } = diagnosis;
  const colour = top ? colours[top.severity] : diagnosis.healthy ? healthyColour : colours.info;
  const title = `<strong>${escapeHtml(diagnosis.name)}</strong> (${escapeHtml(diagnosis.id)}): ${escapeHtml(diagnosis.headline)}`;
  return [
    `<div style="border-left:4px solid ${colour};padding:4px 12px;margin:8px 0;max-width:60em">`,
    `<div style="font-size:1.1em">${title}</div>`,
    ...(diagnosis.choice === undefined ? [] : [`<div>${diagnosis.choice}</div>`]),
    ...roots(diagnosis.verdicts).map((root) => rootHtml(root, chart(root.verdict))),
    preflightHtml(diagnosis),
    unjudgedHtml(diagnosis.outcomes),
    "</div>",
  ].join("");
}

function rootHtml({ verdict, symptoms }: Root, chart = ""): string {
  const { severity, problem, message, prescription } = verdict;
  return [
    `<div style="margin-top:8px">${named(verdict, problem)} (${severity}): ${escapeHtml(message)}</div>`,
    chart,
    evidenceTable(verdict),
    listed(prescription),
    ...(symptoms.length === 0 ? [] : [symptomsHtml(symptoms)]),
  ].join("");
}

function named({ severity }: Verdict, text: string): string {
  return `<span style="${readableColour(colours[severity])};font-weight:bold">${escapeHtml(text)}</span>`;
}

function evidenceTable({ evidence }: Verdict): string {
  return htmlTable({
    header: ["evidence", "value", "threshold"],
    rows: evidence.map(({ what, value, threshold, crossed, unit = "" }) => [
      what,
      `${shortNumber(value, 3)}${unit}`,
      `${crossed} ${shortNumber(threshold, 3)}${unit}`,
    ]),
  });
}

function listed(prescriptions: readonly Prescription[]): string {
  return `<div style="margin-top:4px">what to do:</div><ol style="margin:2px 0">${prescriptionItems(prescriptions)}</ol>`;
}

function symptomsHtml(symptoms: readonly Verdict[]): string {
  const items = symptoms.map(
    (symptom) =>
      `<li>${named(symptom, verdictPlaceText(symptom))} (${symptom.severity}): ${escapeHtml(symptom.message)}</li>`,
  );
  return `<div style="margin-left:1.5em">symptoms, which follow from it:<ul style="margin:2px 0">${items.join("")}</ul></div>`;
}

/** One line that unfolds. */
function unjudgedHtml(outcomes: readonly RuleOutcome[]): string {
  const left = unjudged(outcomes);
  if (left.length === 0) return "";
  const count = left.reduce((sum, { problems }) => sum + problems.length, 0);
  const items = left.map((one) => `<li>${escapeHtml(unjudgedPart(one))}</li>`);
  return `<details style="margin-top:8px"><summary>not judged: ${count} of ${outcomes.length} rules, of which the run holds too little</summary><ul style="margin:2px 0">${items.join("")}</ul></details>`;
}

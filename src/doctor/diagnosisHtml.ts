/** A diagnosis as a card: verdict, evidence, what to do. Everything from the run is escaped. */
import { escapeHtml } from "../base/escapeHtml.js";
import { readableColour } from "../base/readableColour.js";
import { htmlTable, shortNumber } from "../base/table.js";
import { unjudged, unjudgedText } from "./unjudged.js";
import type { RuleOutcome, Severity, Verdict } from "./verdict.js";

/** Told apart by the colour-blind; the word stands beside the colour. */
const colours: Readonly<Record<Severity, string>> = { error: "#c2410c", warning: "#a16207", info: "#0369a1" };
const healthyColour = "#15803d";

export interface DiagnosisCard {
  readonly name: string;
  readonly id: string;
  readonly headline: string;
  readonly healthy: boolean;
  readonly top: Verdict | undefined;
  readonly verdicts: readonly Verdict[];
  readonly outcomes: readonly RuleOutcome[];
  readonly choice: string | undefined;
}

export function diagnosisHtml(diagnosis: DiagnosisCard): string {
  const { top } = diagnosis;
  const colour = top ? colours[top.severity] : diagnosis.healthy ? healthyColour : colours.info;
  const title = `<strong>${escapeHtml(diagnosis.name)}</strong> (${escapeHtml(diagnosis.id)}): ${escapeHtml(diagnosis.headline)}`;
  const left = unjudged(diagnosis.outcomes).map((one) => `<div>${escapeHtml(unjudgedText(one))}</div>`);
  return [
    `<div style="border-left:4px solid ${colour};padding:4px 12px;margin:8px 0">`,
    `<div style="font-size:1.1em">${title}</div>`,
    ...(diagnosis.choice === undefined ? [] : [`<div>${diagnosis.choice}</div>`]),
    ...diagnosis.verdicts.map(verdictHtml),
    ...left,
    "</div>",
  ].join("");
}

function verdictHtml(verdict: Verdict): string {
  const { severity, problem, message, follows } = verdict;
  const label = `<span style="${readableColour(colours[severity])};font-weight:bold">${problem}</span> (${severity}${follows ? `, follows from ${follows}` : ""})`;
  const evidence = htmlTable({
    header: ["evidence", "value", "threshold"],
    rows: verdict.evidence.map(({ what, value, threshold, crossed, unit = "" }) => [
      what,
      `${shortNumber(value, 3)}${unit}`,
      `${crossed} ${shortNumber(threshold, 3)}${unit}`,
    ]),
  });
  const steps = verdict.prescription.map(
    ({ text, code }) =>
      `<li>${escapeHtml(text)}${code === undefined ? "" : `<br><code>${escapeHtml(code)}</code>`}</li>`,
  );
  return `<div style="margin-top:8px">${label}: ${escapeHtml(message)}</div>${evidence}<ol>${steps.join("")}</ol>`;
}

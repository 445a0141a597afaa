/** A fix as a card. Everything from runs is escaped. */
import { escapeHtml } from "../base/escapeHtml.js";
import { htmlTable } from "../base/table.js";
import type { Prescription } from "../doctor/index.js";
import { prescriptionItems } from "../doctor/prescriptionItems.js";
import { comparison, type FixCard, failedTexts, noteTexts, triedTexts } from "./fixComparison.js";

const colours = { cured: "#15803d", better: "#0369a1", none: "#c2410c" } as const;

export function fixHtml(fix: FixCard): string {
  const colour = fix.cured ? colours.cured : fix.improved ? colours.better : colours.none;
  const parts = [
    `<div style="border-left:4px solid ${colour};padding:4px 12px;margin:8px 0">`,
    `<div style="font-size:1.1em"><strong>${escapeHtml(fix.headline)}</strong></div>`,
  ];
  if (fix.attempts.length > 0) {
    parts.push(...triedTexts(fix).map((text) => `<div>${escapeHtml(text)}</div>`));
    parts.push(htmlTable(comparison(fix)));
  }
  parts.push(...noteTexts(fix).map((text) => `<div>${escapeHtml(text)}</div>`));
  if (fix.failed.length > 0)
    parts.push("<div>what failed:</div>", list(failedTexts(fix).map((text) => ({ text }))));
  if (fix.applied.length > 0) parts.push("<div>what to write:</div>", list(fix.applied));
  if (fix.patchFile !== undefined)
    parts.push(`<div>as a patch of the run's code: <code>${escapeHtml(fix.patchFile)}</code></div>`);
  if (fix.patchCommand !== undefined)
    parts.push(`<div>into the program itself: <code>${escapeHtml(fix.patchCommand)}</code></div>`);
  const { top } = fix.before.diagnosis;
  if (fix.attempts.length === 0 && top)
    parts.push(`<div>${escapeHtml(top.message)} What to do:</div>`, list(top.prescription));
  if (fix.advice.length > 0) {
    parts.push("<div>what is left to you:</div>");
    parts.push(
      list(
        fix.advice.map(({ prescription, why }) => ({
          ...prescription,
          text: `${prescription.text} (not by itself: ${why})`,
        })),
      ),
    );
  }
  return [...parts, "</div>"].join("");
}

function list(prescriptions: readonly Prescription[]): string {
  return `<ol>${prescriptionItems(prescriptions)}</ol>`;
}

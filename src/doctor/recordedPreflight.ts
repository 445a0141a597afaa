/** What a run's preflight found, as a part of its diagnosis: text for a terminal, HTML for a card. */
import { escapeHtml } from "../base/escapeHtml.js";
import type { PreflightFinding, PreflightRecord } from "../base/preflightRecord.js";
import { readableColour } from "../base/readableColour.js";
import { visibleControls } from "../base/visibleControls.js";
import { findingText, notCheckedText, preflightCounts, severityText } from "./preflightText.js";
import type { Verdict } from "./verdict.js";

interface Shown {
  readonly preflight: PreflightRecord | undefined;
  readonly verdicts: readonly Verdict[];
}

/** Undefined where there is none, or what stands there is none: a file of another version, or changed by hand. */
export function recordedPreflight(given: unknown): PreflightRecord | undefined {
  const { passed, findings, notChecked } = (given ?? {}) as Partial<PreflightRecord>;
  const isWhole =
    isListOf(passed, []) &&
    isListOf(findings, ["check", "severity", "message"]) &&
    isListOf(notChecked, ["check", "why"]);
  return isWhole ? (given as PreflightRecord) : undefined;
}

/** Of texts, or of objects of texts that have these. */
function isListOf(list: unknown, keys: readonly string[]): boolean {
  const isText = (value: unknown) => typeof value === "string";
  const isObject = (one: unknown) =>
    typeof one === "object" &&
    one !== null &&
    Object.values(one).every(isText) &&
    keys.every((key) => Object.hasOwn(one, key));
  return Array.isArray(list) && list.every(keys.length === 0 ? isText : isObject);
}

/** Its head, and a line for each finding; what a verdict says again is not repeated. No lines where there is none. */
export function preflightLines({ preflight, verdicts }: Shown): string[] {
  if (!preflight) return [];
  const rest = preflight.notChecked.length > 0 ? `; ${notCheckedText(preflight)}` : "";
  return [
    `before step 1: ${preflightCounts(preflight)}${rest}`,
    ...preflight.findings.map((finding) => `  ${said(finding, verdicts)}`),
  ].map(visibleControls);
}

function said(finding: PreflightFinding, verdicts: readonly Verdict[]): string {
  return isRepeated(finding, verdicts)
    ? `${finding.problem} (${finding.severity}), as above`
    : findingText(finding);
}

function isRepeated({ problem }: PreflightFinding, verdicts: readonly Verdict[]): boolean {
  return verdicts.some((verdict) => verdict.problem === problem);
}

const colours = { error: "#c2410c", warning: "#a16207" } as const;

/** One line that unfolds to its checks where all passed; findings stand open. */
export function preflightHtml({ preflight, verdicts }: Shown): string {
  if (!preflight) return "";
  const { findings, passed, notChecked } = preflight;
  const head = `before step 1: ${escapeHtml(preflightCounts(preflight))}`;
  const found = findings.map((finding) => `<li>${findingHtml(finding, verdicts)}</li>`);
  const checks = [
    ...(passed.length > 0 ? [`passed: ${passed.join(", ")}`] : []),
    ...(notChecked.length > 0 ? [notCheckedText(preflight)] : []),
  ].map((text) => `<li>${escapeHtml(text)}</li>`);
  const list = (items: readonly string[]) => `<ul style="margin:2px 0">${items.join("")}</ul>`;
  return [
    `<details style="margin-top:8px"><summary>${head}</summary>${list(checks)}</details>`,
    ...(found.length > 0 ? [list(found)] : []),
  ].join("");
}

function findingHtml(finding: PreflightFinding, verdicts: readonly Verdict[]): string {
  const { problem, check, severity, message, advice, code } = finding;
  const colour = colours[severity] ?? colours.warning;
  const name = `<span style="${readableColour(colour)};font-weight:bold">${escapeHtml(problem ?? check)}</span> (${escapeHtml(severityText(finding))})`;
  if (isRepeated(finding, verdicts)) return `${name}, as above`;
  const what = advice === undefined ? "" : ` → ${escapeHtml(advice)}`;
  return `${name}: ${escapeHtml(message)}${what}${code === undefined ? "" : `: <code>${escapeHtml(code)}</code>`}`;
}

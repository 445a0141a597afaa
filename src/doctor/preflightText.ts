/** What a preflight found, as lines of text: one when all is well, else one more for each finding. */
import { counted } from "../base/counted.js";
import { OutOfTime } from "../base/deadline.js";
import type { PreflightFinding, PreflightRecord } from "../base/preflightRecord.js";

/** @example preflightText(record); // preflight: 7 checks passed in 0.4 s */
export function preflightText(record: PreflightRecord): string {
  const { seconds, findings, notChecked } = record;
  const rest = notChecked.length > 0 ? `; ${notCheckedText(record)}` : "";
  return [
    `preflight: ${preflightCounts(record)} in ${seconds.toFixed(1)} s${rest}`,
    ...findings.map((finding) => `  ${findingText(finding)}`),
  ].join("\n");
}

/** Such as `2 findings, 5 checks passed`. */
export function preflightCounts({ findings, passed }: Pick<PreflightRecord, "findings" | "passed">): string {
  const found = findings.length > 0 ? [counted(findings.length, "finding")] : [];
  return [...found, `${counted(passed.length, "check")} passed`].join(", ");
}

/** By their reasons, those that time ran out for last: they are others on a busy machine. */
export function notCheckedText({ notChecked }: Pick<PreflightRecord, "notChecked">): string {
  const byWhy = new Map<string, string[]>();
  for (const { check, why } of notChecked) byWhy.set(why, [...(byWhy.get(why) ?? []), check]);
  const late = new OutOfTime().message;
  const parts = [...byWhy].sort(([a], [b]) => Number(a === late) - Number(b === late));
  return `not checked: ${parts.map(([why, checks]) => `${checks.join(", ")} (${why})`).join("; ")}`;
}

/** Such as `UnnormalizedInput (warning): … → Divide bytes by 255: data.arrays({ … })`. */
export function findingText(finding: PreflightFinding): string {
  const { check, problem, message, advice, code } = finding;
  const what = advice === undefined ? "" : ` → ${advice}${code === undefined ? "" : `: ${code}`}`;
  return `${problem ?? check} (${severityText(finding)}): ${message}${what}`;
}

/** Such as `warning`, or `warning, from BadInitialization`. */
export function severityText({ severity, follows }: PreflightFinding): string {
  return follows === undefined ? severity : `${severity}, from ${follows}`;
}

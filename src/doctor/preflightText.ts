/** What a preflight found, as lines of text: one when all is well, else one more for each finding. */
import { counted } from "../base/counted.js";
import type { PreflightFinding, PreflightRecord } from "../base/preflightRecord.js";

/** @example preflightText(record); // preflight: 7 checks passed in 0.4 s */
export function preflightText({ seconds, passed, findings, notChecked }: PreflightRecord): string {
  const left = notChecked.map(({ check, why }) => `${check} (${why})`);
  const head = [
    ...(findings.length > 0 ? [counted(findings.length, "finding")] : []),
    `${counted(passed.length, "check")} passed`,
  ].join(", ");
  const rest = left.length > 0 ? `; not checked: ${left.join("; ")}` : "";
  return [`preflight: ${head} in ${seconds.toFixed(1)} s${rest}`, ...findings.map(findingText)].join("\n");
}

function findingText({ check, problem, severity, message, advice, code }: PreflightFinding): string {
  const what = advice === undefined ? "" : ` → ${advice}${code === undefined ? "" : `: ${code}`}`;
  return `  ${problem ?? check} (${severity}): ${message}${what}`;
}

// Sums what the test runners reported.
import { existsSync, readFileSync, statSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * Reads a runner's report in vitest's (jest's) JSON form. A runner that left none, or whose exit code contradicts
 * its report, counts as one failure more: a crash must not look like a pass.
 * @param {{ report: string, started: number, status: number | null }} run
 * @returns {Count}
 */
export function countTests({ report, started, status }) {
  if (!existsSync(report) || statSync(report).mtimeMs < started)
    return { passed: 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  const read = JSON.parse(readFileSync(report, "utf8"));
  /** @type {{ status: string, assertionResults: unknown[] }[]} */
  const files = read.testResults;
  const unloaded = files.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const failed = read.numFailedTests + unloaded.length;
  return {
    passed: read.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: read.numPendingTests + read.numTodoTests,
  };
}

/**
 * The last line of `npm test`.
 * @param {Count[]} counts
 */
export function closingLine(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`;
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closingLine, countTests } from "../../../scripts/setup/countTests.mjs";

const folder = mkdtempSync(join(tmpdir(), "tunelab-count-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: object): string {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const whole = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };

test("counts what a runner reported", () => {
  expect(countTests({ report: report(whole), started: 0, status: 0 })).toEqual({
    passed: 5,
    failed: 0,
    skipped: 2,
  });
});

test("a file that could not be loaded is a failure, though none of its tests is reported", () => {
  const testResults = [{ status: "failed", assertionResults: [] }];
  expect(countTests({ report: report({ ...whole, testResults }), started: 0, status: 1 }).failed).toBe(1);
});

test("a runner that died, or left an old report, is a failure", () => {
  expect(countTests({ report: report(whole), started: 0, status: 1 }).failed).toBe(1);
  expect(countTests({ report: join(folder, "none.json"), started: 0, status: null }).failed).toBe(1);
  expect(countTests({ report: report(whole), started: Date.now() + 60_000, status: 1 }).failed).toBe(1);
});

test("closes with one line over all runners", () => {
  const counts = [
    { passed: 5, failed: 0, skipped: 2 },
    { passed: 3, failed: 1, skipped: 0 },
  ];
  expect(closingLine(counts)).toBe("8 passed, 1 failed, 2 skipped");
  expect(closingLine([{ passed: 5, failed: 0, skipped: 0 }])).toBe("5 passed, 0 failed");
});

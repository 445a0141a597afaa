import { expect, test } from "vitest";
import { notCheckedText, preflightText } from "../../../src/doctor/preflightText.js";

const none = {
  seconds: 0.42,
  passed: ["leak between splits", "gradients"],
  findings: [],
  notChecked: [],
} as const;

test("is one line where all is well", () => {
  expect(preflightText(none)).toBe("preflight: 2 checks passed in 0.4 s");
});

test("says what was not checked, and why", () => {
  const notChecked = [{ check: "one batch", why: "its steps take too long" }] as const;
  expect(preflightText({ ...none, notChecked })).toBe(
    "preflight: 2 checks passed in 0.4 s; not checked: one batch (its steps take too long)",
  );
});

test("puts together what has the same reason, and what time ran out for last", () => {
  const late = "there was no time for it";
  const notChecked = [
    { check: "leak between splits", why: late },
    { check: "initial loss", why: "there are fewer than 16 rows" },
    { check: "gradients", why: "there are fewer than 16 rows" },
    { check: "balance of classes", why: late },
  ] as const;
  expect(notCheckedText({ notChecked })).toBe(
    `not checked: initial loss, gradients (there are fewer than 16 rows); leak between splits, balance of classes (${late})`,
  );
});

test("has a line a finding: the doctor's name or the check's, what it is, what to do", () => {
  const findings = [
    {
      check: "gradients",
      problem: "DeadLayer",
      severity: "warning",
      message: "None.",
      advice: "Thaw",
      code: "fit()",
    },
    { check: "one batch", severity: "warning", message: "No." },
  ] as const;
  expect(preflightText({ ...none, findings }).split("\n")).toEqual([
    "preflight: 2 findings, 2 checks passed in 0.4 s",
    "  DeadLayer (warning): None. → Thaw: fit()",
    "  one batch (warning): No.",
  ]);
});

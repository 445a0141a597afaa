import { describe, expect, test } from "vitest";
import type { PreflightRecord } from "../../../src/base/preflightRecord.js";
import { Diagnosis } from "../../../src/doctor/diagnosis.js";
import { preflightHtml, preflightLines, recordedPreflight } from "../../../src/doctor/recordedPreflight.js";
import type { Verdict } from "../../../src/doctor/verdict.js";
import { recordedRuns, runData } from "./recordedRuns.js";

const fine: PreflightRecord = {
  seconds: 0.4,
  passed: ["leak between splits", "one batch"],
  findings: [],
  notChecked: [],
};
const ill: PreflightRecord = {
  ...fine,
  findings: [
    {
      check: "scale of inputs and targets",
      problem: "UnnormalizedInput",
      severity: "warning",
      message: "Inputs are <wide>.",
    },
    {
      check: "initial loss",
      severity: "error",
      message: "It is \u001b[31m<far>.",
      advice: "Look & see",
      code: "f(<x>)",
    },
  ],
  notChecked: [{ check: "gradients", why: "there are fewer than 16 rows" }],
};
const verdict: Verdict = {
  problem: "UnnormalizedInput",
  severity: "error",
  message: "A column is large.",
  evidence: [],
  prescription: [],
};

describe("as text", () => {
  test("is one line where all passed, none where nothing was checked", () => {
    expect(preflightLines({ preflight: fine, verdicts: [] })).toEqual(["before step 1: 2 checks passed"]);
    expect(preflightLines({ preflight: undefined, verdicts: [] })).toEqual([]);
  });

  test("has a line a finding; of one that a verdict tells its name, and no control characters", () => {
    expect(preflightLines({ preflight: ill, verdicts: [verdict] })).toEqual([
      "before step 1: 2 findings, 2 checks passed; not checked: gradients (there are fewer than 16 rows)",
      "  UnnormalizedInput (warning), as above",
      "  initial loss (error): It is ·[31m<far>. → Look & see: f(<x>)",
    ]);
    expect(preflightLines({ preflight: ill, verdicts: [] })[1]).toBe(
      "  UnnormalizedInput (warning): Inputs are <wide>.",
    );
  });
});

test("as HTML everything is escaped, checks are folded and findings stand open", () => {
  const html = preflightHtml({ preflight: ill, verdicts: [] });
  expect(html).toContain("<summary>before step 1: 2 findings, 2 checks passed</summary>");
  expect(html).toContain("passed: leak between splits, one batch");
  expect(html).toContain("Inputs are &lt;wide&gt;.");
  expect(html).toContain("Look &amp; see: <code>f(&lt;x&gt;)</code>");
  expect(html).not.toMatch(/<wide>|<far>|<x>/);
  expect(html.indexOf("</details>")).toBeLessThan(html.indexOf("UnnormalizedInput"));
  expect(preflightHtml({ preflight: ill, verdicts: [verdict] })).not.toContain("&lt;wide&gt;");
  expect(preflightHtml({ preflight: undefined, verdicts: [] })).toBe("");
});

test("a record that is none is as if there was none", () => {
  expect(recordedPreflight(fine)).toEqual(fine);
  for (const damaged of [
    undefined,
    null,
    "passed",
    {},
    { ...fine, passed: [3] },
    { ...fine, findings: {} },
    { ...fine, findings: [{ check: "one batch", severity: "warning" }] },
    { ...fine, findings: [{ check: "one batch", severity: "warning", message: ["a"] }] },
    { ...fine, notChecked: ["one batch"] },
  ])
    expect(recordedPreflight(damaged), JSON.stringify(damaged)).toBeUndefined();
});

test("a diagnosis has it in all its forms", () => {
  const [net] = recordedRuns();
  const run = runData(net!);
  const record = { ...run.record, preflight: ill };
  const diagnosis = new Diagnosis({ ...run, record }, { verdicts: [], outcomes: [], older: 0 });
  expect(String(diagnosis)).toContain("  before step 1: 2 findings, 2 checks passed");
  expect(String(diagnosis.toMimeBundle()["text/html"])).toContain("before step 1: 2 findings");
  expect(JSON.parse(JSON.stringify(diagnosis)).preflight).toEqual(ill);
  const none = new Diagnosis(run, { verdicts: [], outcomes: [], older: 0 });
  expect(String(none)).not.toContain("before step 1");
});

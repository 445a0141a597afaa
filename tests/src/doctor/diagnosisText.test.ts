/** What a person reads of an ill run, in a terminal and as a card. */
import { describe, expect, it } from "vitest";
import { evidenceChart } from "../../../src/board/evidenceChart.js";
import { Diagnosis } from "../../../src/doctor/diagnosis.js";
import { diagnose, installEvidenceCharts } from "../../../src/doctor/index.js";
import type { Verdict } from "../../../src/doctor/verdict.js";
import { recordedRuns, runData } from "./recordedRuns.js";

const ill: Verdict = {
  problem: "UnnormalizedInput",
  severity: "error",
  message: "A column is <large>.",
  evidence: [{ what: "mean", value: 120, threshold: 10, crossed: "above" }],
  prescription: [{ text: "Bring it to mean 0", code: "data.normalize()" }, { text: "Or divide it by 255" }],
};
const symptom: Verdict = {
  problem: "LossNotDecreasing",
  severity: "warning",
  message: `The loss stays ${"where it was, ".repeat(20)}all the time.`,
  epoch: 2,
  evidence: [{ what: "fall", value: 0, threshold: 1, crossed: "below" }],
  prescription: [{ text: "Cure UnnormalizedInput first: this follows from it" }],
  follows: "UnnormalizedInput",
};
const remark: Verdict = {
  problem: "Overtraining",
  severity: "info",
  message: "The best epoch was an early one.",
  evidence: [],
  prescription: [{ text: "Stop early" }, { text: "Or train with fewer epochs" }],
};
const [net] = recordedRuns();
const diagnosis = new Diagnosis(runData(net!), {
  verdicts: [ill, remark, symptom],
  outcomes: [
    { problem: "UnnormalizedInput", outcome: "verdict" },
    { problem: "DyingReLU", outcome: "notEnough", missing: "the activations" },
    { problem: "Overfit", outcome: "notEnough", missing: "a <validation>" },
  ],
  older: 0,
});

describe("in a terminal", () => {
  const lines = String(diagnosis).split("\n");
  const at = (start: string) => lines.findIndex((line) => line.trim().startsWith(start));

  it("has a symptom in one line below its cause, before the next root", () => {
    expect(at("! LossNotDecreasing, from epoch 2: The loss stays where it was,")).toBe(
      at("symptoms, which follow from it:") + 1,
    );
    expect(at("✗ UnnormalizedInput (error)")).toBeLessThan(at("symptoms"));
    expect(at("! LossNotDecreasing")).toBeLessThan(at("i Overtraining"));
    const line = lines[at("! LossNotDecreasing")]!;
    expect(line.length).toBeLessThanOrEqual(110);
    expect(line).toMatch(/where it was…$/);
    expect(String(diagnosis)).not.toContain("Cure UnnormalizedInput first");
  });

  it("tells all that is to be done of the first, and of others what comes first", () => {
    expect(String(diagnosis)).toContain("2. Or divide it by 255");
    expect(String(diagnosis)).toContain("1. Stop early");
    expect(String(diagnosis)).not.toContain("Or train with fewer epochs");
  });

  it("has what was not judged in one line", () => {
    expect(lines.at(-1)).toBe(
      "  not judged: DyingReLU (needs the activations); Overfit (needs a <validation>)",
    );
  });

  it("is at most a screen for every run that was recorded ill", () => {
    const long = recordedRuns()
      .map((run) => diagnose(runData(run)))
      .filter(({ top }) => top)
      .map((one) => String(one).split("\n").length)
      .filter((count) => count > 45);
    expect(long).toEqual([]);
  });
});

describe("as a card", () => {
  const html = (one: Diagnosis) => String(one.toMimeBundle()["text/html"]);

  it("has symptoms in an indented list of their cause, what was not judged folded, and everything escaped", () => {
    const card = html(diagnosis);
    expect(card.indexOf("LossNotDecreasing, from epoch 2")).toBeLessThan(card.indexOf("Overtraining"));
    expect(card).toContain("margin-left:1.5em");
    expect(card).toContain("<summary>not judged: 2 of 3 rules");
    expect(card).toContain("A column is &lt;large&gt;.");
    expect(card).toContain("Overfit (needs a &lt;validation&gt;)");
    expect(card).not.toMatch(/<large>|<validation>/);
  });

  it("has a chart where somebody draws it, else evidence as a table alone", () => {
    const found = recordedRuns().map((run) => diagnose(runData(run)));
    const one = found.find(({ top }) => top?.evidence.some(({ tag }) => tag !== undefined))!;
    expect(html(one)).not.toContain("<img");
    const before = installEvidenceCharts(evidenceChart);
    try {
      expect(html(one)).toMatch(/<img alt="[^"]+ from (epoch|step) [^"]+" style/);
    } finally {
      installEvidenceCharts(before);
    }
    expect(html(one)).toContain("<th");
  });
});

import { describe, expect, test } from "vitest";
import { random } from "../../../../src/base/random.js";
import { unnormalizedTarget } from "../../../../src/doctor/rules/unnormalizedTarget.js";
import { dataView, type MadeData, withoutData } from "./dataView.js";

const generator = random(3);
const standard = Array.from({ length: 200 }, () => generator.normal());
const x = standard.map((_, i) => [i / 200]);

function judge(of: (value: number) => number | number[], loss: number[], made: Partial<MadeData> = {}) {
  const data = { x, y: standard.map(of) as number[], task: "regression" as const };
  const config = { loss: "meanSquaredError" };
  const judgement = unnormalizedTarget.judge(dataView({ data, config, epochs: { loss }, ...made }));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

describe("UnnormalizedTarget", () => {
  test("accepts targets of 0 ± 1, and of tens, however little was learnt", () => {
    expect(judge((value) => value, [1, 1])).toBe("healthy");
    expect(judge((value) => 5 + 3 * value, [30, 29])).toBe("healthy");
    expect(judge((value) => value / 20, [1, 1])).toBe("healthy");
  });

  test("far out is a warning, and an error while half of the variance is left", () => {
    expect(judge((value) => 1000 * value, [1e6, 1e5])).toMatchObject({ severity: "warning" });
    expect(judge((value) => 500 + value, [2e5, 1e5])).toMatchObject({
      severity: "error",
      message: expect.stringMatching(/they lie between 49\d\.\d+ and 50\d\.?\d*/),
      evidence: [
        { value: expect.closeTo(500, 0), threshold: 100 },
        { threshold: 0.5, tag: "epoch/loss" },
      ],
      prescription: [{ change: { data: "normalizeTarget" } }, {}],
    });
  });

  test("wide and tiny are remarks unless they hurt", () => {
    expect(judge((value) => 30 * value, [900, 100])).toMatchObject({ severity: "info" });
    expect(judge((value) => 30 * value, [900, 700])).toMatchObject({ severity: "warning" });
    expect(judge((value) => value / 1000, [1, 1e-7])).toMatchObject({ severity: "info" });
    expect(judge((value) => value / 1000, [1, 1e-3])).toMatchObject({ severity: "warning" });
  });

  test("of other losses the run's learning counts", () => {
    const config = { loss: "meanAbsoluteError" };
    expect(judge((value) => 1000 * value, [800, 790], { config })).toMatchObject({ severity: "error" });
    expect(judge((value) => 1000 * value, [800, 200], { config })).toMatchObject({ severity: "warning" });
  });

  test("names the column of several", () => {
    expect(judge((value) => [value, 1000 * value], [5e5, 5e5])).toMatchObject({
      message: expect.stringContaining("column 1 (of 2, counted from 0) lies between"),
    });
  });

  test("has nothing to say of classes, and does not judge without data or losses", () => {
    const classes = { x, y: standard.map((value) => Number(value > 0)) };
    expect(unnormalizedTarget.judge(dataView({ data: classes })).kind).toBe("healthy");
    expect(judge((value) => 1000 * value, [])).toBe("notEnough");
    expect(unnormalizedTarget.judge(withoutData()).kind).toBe("notEnough");
  });
});

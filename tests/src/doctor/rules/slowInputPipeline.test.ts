import { expect, test } from "vitest";
import { slowInputPipeline } from "../../../../src/doctor/rules/slowInputPipeline.js";
import { madeRun } from "./series.js";

function judge(inputSeconds: number, trainingSeconds: number) {
  const judgement = slowInputPipeline.judge(
    madeRun({ environment: { inputSeconds, trainingSeconds }, config: { batchSize: 8 } }),
  );
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

test("SlowInputPipeline fires where batches take a fifth of the time, and five seconds", () => {
  expect(judge(6, 30)).toMatchObject({
    severity: "warning",
    evidence: [{ value: 20, threshold: 20 }, { value: 6 }],
  });
  expect(judge(6, 31)).toBe("healthy");
  expect(judge(4.9, 10)).toBe("healthy");
  expect(judge(0, 0)).toBe("healthy");
});

test("SlowInputPipeline knows nothing of logs that do not say", () => {
  expect(slowInputPipeline.judge(madeRun({}))).toMatchObject({ kind: "notEnough" });
});

import { expect, test } from "vitest";
import { overtraining } from "../../../../src/doctor/rules/overtraining.js";
import { madeRun } from "./series.js";

function judge(epochs: Record<string, number[]>) {
  const judgement = overtraining.judge(madeRun({ epochs }));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

/** The minimum, 1, in epoch 3, then a rise to `end`. */
const risen = (end: number, length = 16) =>
  Array.from({ length }, (_, i) => [2, 1.3, 1][i] ?? 1 + ((end - 1) * (i - 2)) / (length - 5));

test("Overtraining is a remark while the accuracy stays, a warning where it falls by more than chance", () => {
  const stays = Array.from({ length: 16 }, (_, i) => (240 + (i % 3)) / 300);
  const falls = Array.from({ length: 16 }, (_, i) => (i < 5 ? 240 + i : 210 + (i % 3)) / 300);
  expect(judge({ valLoss: risen(1.3), valAccuracy: stays })).toMatchObject({ severity: "info", epoch: 3 });
  expect(judge({ valLoss: risen(1.3), valAccuracy: falls })).toMatchObject({
    severity: "warning",
    evidence: [{ value: 13 }, {}, { value: expect.closeTo(0.1, 1), threshold: expect.closeTo(0.0684, 4) }],
    prescription: [
      { change: { fit: { earlyStopping: { monitor: "valLoss", patience: 3 } } } },
      { change: { fit: { epochs: 3 } } },
    ],
  });
});

test("Overtraining goes by the loss without an accuracy", () => {
  expect(judge({ valLoss: risen(1.5) })).toMatchObject({ severity: "warning" });
  expect(judge({ valLoss: risen(1.4) })).toMatchObject({ severity: "info" });
});

test("Overtraining is silent on a small or late rise, on one near 0 and on an early stop", () => {
  expect(judge({ valLoss: risen(1.15) })).toBe("healthy");
  expect(judge({ valLoss: risen(1.3).map((loss, i) => (i < 2 ? 5 : loss)) })).toBe("healthy");
  expect(judge({ valLoss: [...Array(16).fill(2), 1, 1.4, 1.5, 1.6] })).toBe("healthy");
  expect(judge({ valLoss: risen(1.3, 14) })).toBe("notEnough");
});

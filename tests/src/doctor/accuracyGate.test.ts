import { expect, it } from "vitest";
import { accuracyGate } from "../../../src/doctor/accuracyGate.js";
import { dataView } from "./rules/dataView.js";
import { madeRun } from "./rules/series.js";

const learns = (epochs: Record<string, readonly number[]>) => accuracyGate(madeRun({ epochs })).learns;

it("takes an accuracy below 0.7 for bad, whatever the loss does", () => {
  expect(learns({ valAccuracy: [0.3, 0.5, 0.69], loss: [2, 1, 0.1] })).toBe("badly");
  expect(learns({ valAccuracy: [0.3, 0.5, 0.7], loss: [2, 1, 0.1] })).toBe("well");
});

it("takes an accuracy that gains less than 0.01 for bad where the loss does not fall", () => {
  expect(learns({ valAccuracy: [0.9, 0.905, 0.9], loss: [0.3, 0.29, 0.28] })).toBe("badly");
  expect(learns({ valAccuracy: [0.9, 0.91, 0.9], loss: [0.3, 0.29, 0.28] })).toBe("well");
  expect(learns({ valAccuracy: [0.9, 0.9, 0.9] })).toBe("badly");
});

it("takes what was learned in the first epoch for well, as its loss goes on falling", () => {
  expect(learns({ valAccuracy: [1, 1, 1], loss: [0.071, 0.002, 0.00004] })).toBe("well");
});

it("looks at the loss where no accuracy is known, and knows nothing without", () => {
  expect(learns({ loss: [1, 0.95] })).toBe("badly");
  expect(learns({ loss: [1, 0.89] })).toBe("well");
  expect(learns({})).toBe("unknown");
});

it("compares a squared error with the variance of its targets: a fall to their mean is nothing learned", () => {
  // Targets −2, 0, 2: their variance is 8/3 (NumPy), and 0.9 of it 2.4.
  const x = Float32Array.from({ length: 90 }, (_, i) => i % 7);
  const data = { x, y: x.map((_, i) => 2 * ((i % 3) - 1)), inputShape: [1], task: "regression" } as const;
  const gate = (loss: readonly number[], name = "meanSquaredError") =>
    accuracyGate(dataView({ data, config: { loss: name }, epochs: { loss } }));
  expect(gate([90, 5, 2.41])).toMatchObject({
    learns: "badly",
    evidence: [
      { value: expect.closeTo(90.375, 9), threshold: 90, what: expect.stringContaining("variance") },
    ],
  });
  expect(gate([90, 5, 2.39]).learns).toBe("well");
  expect(gate([0.2, 0.19, 0.19]).learns).toBe("well");
  expect(gate([0.2, 0.19, 0.19], "meanAbsoluteError").learns).toBe("badly");
  expect(gate([Number.NaN]).learns).toBe("unknown");
});

import { describe, expect, test } from "vitest";
import { overfit } from "../../../../src/doctor/rules/overfit.js";
import { madeRun } from "./series.js";

function judge(epochs: Record<string, number[]>) {
  const judgement = overfit.judge(madeRun({ epochs }));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const rising = [2, 1, 1.1, 1.21, 1.25, 1.3];
const at = (accuracy: number, valAccuracy: number) => ({ accuracy: [accuracy], valAccuracy: [valAccuracy] });

describe("Overfit", () => {
  test("fires on a rise of 1.2 with a gap, and names the epoch of the minimum", () => {
    expect(judge({ valLoss: rising, ...at(0.99, 0.9) })).toMatchObject({ severity: "warning", epoch: 2 });
    expect(judge({ valLoss: [2, 1, 1.1, 1.19, 1.25, 1.3], ...at(0.99, 0.9) })).toBe("healthy");
  });

  test("is content with a rise of 1.05 where the gap is twice as wide", () => {
    const slight = [2, 1, 1.02, 1.06, 1.1, 1.1];
    expect(judge({ valLoss: slight, ...at(0.95, 0.8) })).toMatchObject({ problem: "Overfit" });
    expect(judge({ valLoss: slight, ...at(0.95, 0.82) })).toBe("healthy");
    expect(judge({ valLoss: [2, 1, 1.02, 1.04, 1.1, 1.1], ...at(0.95, 0.8) })).toBe("healthy");
    expect(judge({ valLoss: slight, loss: [2, 1, 0.9, 0.5, 0.1, 0.01] })).toBe("healthy");
  });

  test("wants a gap of 0.1, or of 0.07 where the training accuracy is above 0.9", () => {
    expect(judge({ valLoss: rising, ...at(0.85, 0.74) })).toMatchObject({ problem: "Overfit" });
    expect(judge({ valLoss: rising, ...at(0.85, 0.76) })).toBe("healthy");
    expect(judge({ valLoss: rising, ...at(0.95, 0.87) })).toMatchObject({ problem: "Overfit" });
    expect(judge({ valLoss: rising, ...at(0.95, 0.89) })).toBe("healthy");
  });

  test("goes by the losses where the gap of the accuracies is small: a rise of 1.25, and 5 times the training loss", () => {
    const sure = [2, 1, 1.2, 1.25, 1.4, 1.55];
    const verdict = judge({ valLoss: sure, loss: [2, 1, 0.6, 0.3, 0.28, 0.26], ...at(0.99, 0.95) });
    expect(verdict).toMatchObject({
      epoch: 2,
      evidence: [
        { value: 1.25, threshold: 1.25 },
        { value: 5, threshold: 5 },
      ],
    });
    expect(judge({ valLoss: sure, loss: [2, 1, 0.6, 0.3, 0.29, 0.26], ...at(0.99, 0.95) })).toBe("healthy");
    const less = [2, 1, 1.2, 1.24, 1.4, 1.56];
    expect(judge({ valLoss: less, loss: [2, 1, 0.1, 0.03, 0.02, 0.01], ...at(0.99, 0.95) })).toBe("healthy");
  });

  test("takes no loss near 0 for a gap where every row of validation is right", () => {
    // Accuracies of 300 rows; the last ones are all right.
    const accuracies = {
      accuracy: [0.9, 1, 1, 1, 1, 1],
      valAccuracy: [271 / 300, 286 / 300, 299 / 300, 1, 1, 1],
    };
    const valLoss = [0.3, 0.01, 4e-4, 6e-4, 3e-3, 3.6e-3];
    expect(judge({ valLoss, loss: [0.3, 0.01, 4e-4, 4e-4, 4e-4, 4e-4], ...accuracies })).toBe("healthy");
  });

  test("is silent on healthy MNIST, where (val − train) / train is 1.4", () => {
    const valLoss = [0.2, 0.12, 0.1, 0.1, 0.105, 0.118];
    expect(judge({ valLoss, loss: [0.4, 0.2, 0.1, 0.06, 0.05, 0.049], ...at(0.99, 0.975) })).toBe("healthy");
  });

  test("is silent on a run that stopped early", () => {
    expect(judge({ valLoss: [2, 1.2, 1, 1.3, 1.4], ...at(0.99, 0.8) })).toBe("healthy");
  });

  test("goes by the losses where there are no accuracies", () => {
    expect(judge({ valLoss: rising, loss: [2, 1, 0.9, 0.7, 0.62, 0.55] })).toMatchObject({
      problem: "Overfit",
    });
    expect(judge({ valLoss: rising, loss: [2, 1, 0.9, 0.7, 0.62, 0.57] })).toBe("healthy");
    const nearZero = rising.map((loss) => loss / 10).with(0, 1);
    expect(judge({ valLoss: nearZero, loss: [2, 1, 0.1, 0.05, 0.03, 0.02] })).toBe("healthy");
    expect(judge({ valLoss: rising })).toBe("notEnough");
    expect(judge({ valLoss: [1, 1.5, 1.6, 1.7] })).toBe("notEnough");
  });
});

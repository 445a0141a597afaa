import { describe, expect, test } from "vitest";
import { oscillation } from "../../../../src/doctor/rules/oscillation.js";
import { madeRun } from "./series.js";

function judge(run: Parameters<typeof madeRun>[0]) {
  const judgement = oscillation.judge(madeRun(run));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const length = 20;
const every = <T>(of: (i: number) => T) => Array.from({ length }, (_, i) => of(i));
/** Accuracies of so many rows that swing by so many. */
const swinging = (rows: number, { from, by, until = length }: { from: number; by: number; until?: number }) =>
  every((i) => (from + (i < until && i % 2 === 1 ? -by : 0) + (i % 3 === 0 ? 1 : 0)) / rows);
const loss = every((i) => (i === 0 ? 1 : i % 2 === 1 ? 0.5 : 0.4));

describe("Oscillation", () => {
  test("fires on swings that 300 rows do not explain, not on those that they do", () => {
    const accuracies = swinging(300, { from: 290, by: 15 });
    expect(judge({ epochs: { loss, valAccuracy: accuracies } })).toMatchObject({ severity: "warning" });
    // √(0.8 · 0.2 / 300) = 0.023: three of them are 20.8 rows, more than a healthy run's 18.
    expect(judge({ epochs: { loss, valAccuracy: swinging(300, { from: 240, by: 18 }) } })).toBe("healthy");
    expect(judge({ epochs: { loss, valAccuracy: swinging(300, { from: 250, by: 30 }) } })).toMatchObject({
      evidence: [{ unit: " %" }, { threshold: expect.closeTo(0.07, 2) }],
    });
  });

  test("wants them in a fifth of the epochs, and at least four", () => {
    const few = swinging(300, { from: 290, by: 15, until: 4 });
    expect(judge({ epochs: { loss, valAccuracy: few } })).toBe("healthy");
  });

  test("is silent where the training loss falls evenly, or the model guesses", () => {
    const valAccuracy = swinging(300, { from: 280, by: 30 });
    expect(judge({ epochs: { loss: every((i) => 1 / (i + 1)), valAccuracy } })).toBe("healthy");
    const guessing = { config: { loss: "crossEntropy" }, units: [2, 2] };
    expect(judge({ ...guessing, epochs: { loss: every((i) => 0.69 + 0.01 * (i % 2)), valAccuracy } })).toBe(
      "healthy",
    );
  });

  test("excuses what goes with a rate that rises", () => {
    const valAccuracy = every((i) => (i % 4 === 0 ? 260 : 290 + (i % 3)) / 300);
    const learningRate = every((i) => [0.1, 0.05, 0.02, 0.01][i % 4]!);
    const falling = every(() => 0.1);
    expect(judge({ epochs: { loss, valAccuracy }, learningRate: falling })).toMatchObject({
      severity: "warning",
    });
    expect(judge({ epochs: { loss, valAccuracy }, learningRate })).toBe("healthy");
  });

  test("goes by the loss of a regression", () => {
    const jumping = every((i) => (i % 2 === 1 ? 4 : 2));
    expect(judge({ epochs: { loss: jumping }, stepLoss: every(() => 8) })).toMatchObject({
      evidence: [{}, { value: 2, threshold: 0.4 }],
    });
    expect(judge({ epochs: { loss: every((i) => (i % 2 === 1 ? 2.8 : 2)) }, stepLoss: every(() => 8) })).toBe(
      "healthy",
    );
  });

  test("prescribes a larger batch with √k of the rate", () => {
    const verdict = judge({
      epochs: { loss, valAccuracy: swinging(300, { from: 290, by: 15 }) },
      config: { batchSize: 8, learningRate: 0.1, optimizer: "sgd" },
    });
    expect(typeof verdict === "string" ? [] : verdict.prescription).toMatchObject([
      { change: { fit: { learningRate: 0.02 } } },
      { text: expect.stringContaining("8 → 32"), change: { fit: { batchSize: 32, learningRate: 0.04 } } },
      {},
      {},
    ]);
  });

  test("says what is missing", () => {
    expect(judge({ epochs: { loss: [1, 2, 3] } })).toBe("notEnough");
    expect(judge({ epochs: { valAccuracy: every(() => 0.5) } })).toBe("notEnough");
  });
});

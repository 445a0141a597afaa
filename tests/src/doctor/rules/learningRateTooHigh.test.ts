import { describe, expect, test } from "vitest";
import { learningRateTooHigh } from "../../../../src/doctor/rules/learningRateTooHigh.js";
import { dataView } from "./dataView.js";
import { madeRun, repeat } from "./series.js";

function judge(run: Parameters<typeof madeRun>[0]) {
  const judgement = learningRateTooHigh.judge(madeRun(run));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const low = repeat(0.5, 5);
const config = { batchSize: 32, loss: "crossEntropy", optimizer: "sgd", learningRate: 10 };
const base = { units: [16, 16, 2], config, l2: repeat([1, 1, 1], 8) };
const thrown = {
  epochs: { loss: [1, 0.9, 0.8, 0.7, 0.7], accuracy: low },
  stepLoss: [0.7, 1.45, 0.9, 0.8, 0.7, 0.7],
};

describe("LearningRateTooHigh", () => {
  test("fires where updates are large and the loss jumps above twice its beginning", () => {
    const verdict = judge({ ...base, ...thrown, updateRatio: [0.06, 0.01] });
    expect(verdict).toMatchObject({ severity: "error", step: 1 });
    expect(judge({ ...base, ...thrown, updateRatio: [0.04, 0.04] })).toBe("healthy");
    expect(judge({ ...base, ...thrown, stepLoss: [0.7, 1.35, 0.9, 0.8, 0.7], updateRatio: [0.06] })).toBe(
      "healthy",
    );
  });

  test("bears smaller updates where a whole epoch is thrown: what lies in flat ends moves no more", () => {
    const epochs = { loss: [4, 5, 6, 6, 6], accuracy: low };
    const run = { ...base, epochs, stepLoss: [0.7, 5, 5, 5, 5, 5] };
    expect(judge({ ...run, updateRatio: [0.021, 0] })).toMatchObject({
      evidence: [{ value: expect.closeTo(0.021, 9), threshold: 0.02 }, {}],
    });
    expect(judge({ ...run, updateRatio: [0.019, 0] })).toBe("healthy");
    expect(
      judge({ ...run, epochs: { loss: [1.38, 1.3, 1, 1, 1], accuracy: low }, updateRatio: [0.021, 0] }),
    ).toBe("healthy");
  });

  test("knows that a regression which begins near the mean has no low loss to be thrown from", () => {
    // Targets −2, 0, 2: their variance is 8/3 (NumPy). A loss of 3 is no throw, one of 8 is.
    const x = Float32Array.from({ length: 90 }, (_, i) => i % 7);
    const data = { x, y: x.map((_, i) => 2 * ((i % 3) - 1)), inputShape: [1], task: "regression" } as const;
    const of = (batchSize: number, stepLoss: readonly number[]) =>
      learningRateTooHigh.judge(
        dataView({
          data,
          config: { batchSize, loss: "meanSquaredError", optimizer: "sgd", learningRate: 1 },
          epochs: { loss: repeat(0.5, 5) },
          stepLoss,
          l2: repeat([1, 1], 8),
          updateRatio: 0.06,
        }),
      ).kind;
    expect(of(64, [0.5, 3, 3, 0.5, 0.5, 0.5])).toBe("healthy");
    expect(of(64, [0.5, 8, 8, 0.5, 0.5, 0.5])).toBe("verdict");
    // In batches of 16 a window of 64 rows holds three steps that are thrown already.
    expect(of(16, [0.5, 20, 20, 20, 0.5, 0.5])).toBe("verdict");
    expect(of(16, [0.5, 3, 3, 3, 0.5, 0.5])).toBe("healthy");
  });

  test("takes the largest update of the first quarter, and the geometric mean over layers", () => {
    expect(
      judge({ ...base, ...thrown, updateRatio: [0.01, 0.06, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01] }),
    ).toMatchObject({ step: 1 });
    expect(judge({ ...base, ...thrown, updateRatio: [0.01, 0.01, 0.06, 0.01, 0.01, 0.01, 0.01, 0.01] })).toBe(
      "healthy",
    );
  });

  test("fires where what was learned is lost", () => {
    const loss = [0.5, 0.2, 0.4, 0.42, 0.41];
    const run = {
      ...base,
      epochs: { loss, accuracy: repeat(0.9, 5) },
      updateRatio: 0.1,
      stepLoss: repeat(0.7, 5),
    };
    expect(judge(run)).toMatchObject({ severity: "warning", epoch: 2 });
    expect(judge({ ...run, epochs: { loss: [0.5, 0.2, 0.39, 0.42, 0.41], accuracy: low } })).toBe("healthy");
  });

  test("fires where the first steps kill units, not where they were dead from the start", () => {
    const epochs = { loss: repeat(0.7, 5), accuracy: low };
    const died = [[1, 1, 1], ...repeat([0, 0, 1], 7)];
    const run = { ...base, epochs, stepLoss: repeat(0.7, 6), updateRatio: 0.2 };
    expect(judge({ ...run, l2: died })).toMatchObject({ severity: "error", evidence: [{}, { value: 100 }] });
    expect(judge({ ...run, l2: died, updateRatio: 0.09 })).toBe("healthy");
    expect(judge({ ...run, l2: repeat([0, 0, 1], 8) })).toBe("healthy");
  });

  test("fires where the first steps throw outputs into flat ends, not where they lay there", () => {
    const epochs = { loss: repeat(0.7, 5), accuracy: low };
    const run = { ...base, activation: "tanh", epochs, stepLoss: repeat(0.7, 6), updateRatio: 0.2 };
    const shares = (values: readonly number[]) => ({ others: { "activationSaturated/dense_2": values } });
    expect(judge({ ...run, ...shares([0.5, 0.1, 0.1, 0.7, 0.9]) })).toMatchObject({
      severity: "error",
      step: 3,
      message: expect.stringContaining("the first steps throw the outputs of dense_2 into the flat ends"),
      evidence: [{}, { value: 50, tag: "activationSaturated/dense_2" }],
    });
    expect(judge({ ...run, ...shares([0.5, 0.1, 0.1, 0.69, 0.9]) })).toBe("healthy");
    expect(judge({ ...run, ...shares([0.51, 0.7, 0.9, 0.9, 0.9]) })).toBe("healthy");
    expect(judge({ ...run, ...shares([0, 0.9, 0.9, 0.9]), updateRatio: 0.09 })).toBe("healthy");
    const learns = { loss: repeat(0.7, 5), accuracy: repeat(0.9, 5), valAccuracy: [0.5, 0.7, 0.9, 0.9, 0.9] };
    expect(judge({ ...run, ...shares([0, 0.9, 0.9, 0.9]), epochs: learns })).toBe("healthy");
  });

  test("takes what losses there are before one that is not finite for a window", () => {
    const run = {
      ...base,
      config: { ...config, batchSize: 1 },
      updateRatio: 0.4,
      epochs: { loss: [Number.NaN], accuracy: [0.5] },
    };
    const stepLoss = [0.7, 1, 1, 3, 3];
    expect(judge({ ...run, stepLoss: [...stepLoss, Number.NaN] })).toMatchObject({
      step: 5,
      evidence: [{}, { value: expect.closeTo(2 / 0.7, 9) }],
    });
    expect(judge({ ...run, stepLoss })).toBe("healthy");
    expect(judge({ ...run, stepLoss: [0.7, 1, 1, 1, 1, Number.NaN] })).toBe("healthy");
  });

  test("remarks a first epoch that was thrown, where a run that learns well keeps what it reaches", () => {
    const accuracy = repeat(0.95, 6);
    const loss = [1.6, 0.3, 0.1, 0.06, 0.05, 0.05];
    const valLoss = [0.2, 0.09, 0.06, 0.05, 0.05, 0.05];
    // 64 rows in batches of 32: two steps an epoch.
    const of = (epochs: Record<string, number[]>, later = 0.3, trainSize: number | undefined = 64) => {
      const stepLoss = [0.7, 2.5, later, 0.3, 0.1, 0.1, 0.06, 0.06, 0.05, 0.05];
      const logged = { loss, valLoss, accuracy, ...epochs };
      return judge({ ...base, config: { ...config, trainSize }, epochs: logged, stepLoss, updateRatio: 0.1 });
    };
    expect(of({})).toMatchObject({
      severity: "info",
      message: expect.stringContaining("which the first epoch makes good"),
      prescription: [{ text: expect.stringContaining("warmUp") }, {}, {}],
    });
    const alarm = { severity: "warning", message: expect.stringContaining("too high") };
    expect(of({ valLoss: [0.2, 0.05, 0.05, 0.09, 0.1, 0.12] })).toMatchObject(alarm);
    expect(of({ loss: [1.6, 0.1, 0.05, 0.12, 0.11, 0.09] })).toMatchObject(alarm);
    expect(of({ loss: [1.6, 1.5, 0.05, 0.05, 0.05, 0.05] })).toMatchObject(alarm);
    expect(of({}, 1.5)).toMatchObject(alarm);
    expect(of({ accuracy: repeat(0.6, 6) })).toMatchObject({ severity: "error" });
  });

  test("leaves to others what is far off before the first update", () => {
    expect(judge({ ...base, ...thrown, stepLoss: [4, 9, 8, 7, 8], updateRatio: 1 })).toBe("healthy");
  });

  test("is silent on the jumps of batches of one row, and of warm restarts", () => {
    const stepLoss = Array.from({ length: 320 }, (_, i) => (i % 16 === 0 ? 9 : 0.1));
    const single = { ...base, config: { ...config, batchSize: 1 }, epochs: thrown.epochs, updateRatio: 1 };
    expect(judge({ ...single, stepLoss })).toBe("healthy");
    const loss = [0.6, 0.3, 0.1, 0.25, 0.24, 0.22];
    const rates = [0.1, 0.05, 0.01, 0.1, 0.1, 0.1];
    const restart = {
      ...base,
      epochs: { loss, accuracy: repeat(0.9, 6) },
      updateRatio: 0.1,
      stepLoss: repeat(0.7, 6),
    };
    expect(judge({ ...restart, learningRate: rates })).toBe("healthy");
    expect(judge({ ...restart, learningRate: repeat(0.1, 6) })).toMatchObject({ severity: "warning" });
  });

  test("wants more of a log without update ratios", () => {
    const bare = { units: [16, 2], config };
    expect(judge({ ...bare, ...thrown })).toBe("notEnough");
    expect(judge({ ...bare, ...thrown, stepLoss: [0.7, 2.9, 0.9, 0.8, 0.7] })).toMatchObject({
      severity: "error",
    });
    expect(judge({ epochs: { loss: [1, 1] } })).toBe("notEnough");
    expect(judge({ epochs: { loss: [-1, -2, -3, -4, -5] }, stepLoss: [-3, -3, -3] })).toBe("notEnough");
    expect(
      judge({ epochs: { loss: [5, 1, 1, 1, 1], accuracy: low }, stepLoss: [2.3, 2.2, 2.3] }),
    ).toMatchObject({
      epoch: 1,
    });
  });

  test("prescribes the usual rate where it is far above, else half of it", () => {
    const first = (learningRate: number) => {
      const verdict = judge({ ...base, ...thrown, config: { ...config, learningRate }, updateRatio: 0.06 });
      return typeof verdict === "string" ? undefined : verdict.prescription[0];
    };
    expect(first(10)).toMatchObject({
      text: "Lower the learning rate: 10 → 0.1",
      change: { fit: { learningRate: 0.1 } },
    });
    expect(first(0.01)).toMatchObject({ text: "Lower the learning rate: 0.01 → 0.005" });
  });
});

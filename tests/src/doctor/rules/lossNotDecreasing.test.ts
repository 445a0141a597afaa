import { describe, expect, test } from "vitest";
import { evidenceText } from "../../../../src/doctor/diagnosisText.js";
import { lossNotDecreasing } from "../../../../src/doctor/rules/lossNotDecreasing.js";
import { dataView } from "./dataView.js";
import { madeRun, repeat } from "./series.js";

function judge(run: Parameters<typeof madeRun>[0]) {
  const judgement = lossNotDecreasing.judge(madeRun(run));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const low = [0.1, 0.1, 0.1, 0.1];

describe("LossNotDecreasing", () => {
  test("fires where the loss falls by less than a twentieth, not where by more", () => {
    expect(judge({ epochs: { loss: [2, 1.95, 1.96, 1.91], accuracy: low } })).toMatchObject({
      severity: "error",
    });
    expect(judge({ epochs: { loss: [2, 1.95, 1.96, 1.89], accuracy: low } })).toBe("healthy");
    expect(judge({ epochs: { loss: [-2, -2.05, -2.09], accuracy: low } })).toMatchObject({
      severity: "error",
    });
    expect(judge({ epochs: { loss: [-2, -2.05, -2.2], accuracy: low } })).toBe("healthy");
  });

  test("says how the lowest loss compares with the first, a rise included", () => {
    const verdict = judge({
      epochs: { loss: [2, 2.05, 2.04, 2.033], accuracy: low },
      stepLoss: [1.9, 2, 2.1],
    });
    const text = typeof verdict === "string" ? verdict : evidenceText(verdict.evidence[0]!);
    expect(text).toBe(
      "lowest loss of an epoch, compared with the first loss = 100 % (threshold: above 95 %)",
    );
    const risen = judge({ epochs: { loss: [2.1, 2.05, 2.04], accuracy: low }, stepLoss: [1.9, 2, 2.1] });
    expect(typeof risen === "string" ? risen : evidenceText(risen.evidence[0]!)).toContain("= 102 % (");
  });

  test("stays silent in a run that began where little is left to gain", () => {
    expect(judge({ epochs: { loss: [0.05, 0.049, 0.05], accuracy: [0.98, 0.98, 0.98] } })).toBe("healthy");
    expect(judge({ epochs: { loss: [0.6, 0.6, 0.6], accuracy: low, valAccuracy: [0.1, 0.7, 0.1] } })).toBe(
      "healthy",
    );
    expect(judge({ epochs: { loss: [0.6, 0.6, 0.6], valAccuracy: [0.1, 0.69, 0.1] } })).toMatchObject({
      severity: "error",
    });
  });

  test("takes a wild first epoch for no progress", () => {
    const loss = [50, 2.3, 2.3, 2.3];
    expect(judge({ epochs: { loss, accuracy: low }, stepLoss: [2.3, 2.4, 2.3, 90] })).toMatchObject({
      severity: "error",
    });
    expect(judge({ epochs: { loss }, stepLoss: [2.3, 2.4, 2.3, 90] })).toBe("healthy");
  });

  test("is a warning where no accuracy tells how well it does", () => {
    expect(judge({ epochs: { loss: [2, 2, 2] } })).toMatchObject({ severity: "warning" });
  });

  test("prescribes by the size of the updates", () => {
    const run = { epochs: { loss: [2, 2, 2], accuracy: low }, l2: repeat([1, 1], 3), learningRate: 1e-6 };
    const first = (updateRatio: number) => {
      const verdict = judge({ ...run, updateRatio });
      return typeof verdict === "string" ? verdict : verdict.prescription[0]!;
    };
    expect(first(1e-7)).toMatchObject({
      text: expect.stringMatching(/^Raise .*, from 1e-6 to 1e-5$/),
      code: expect.stringContaining("learningRate: 1e-5 }"),
    });
    expect(first(0.5)).toMatchObject({
      text: expect.stringMatching(/^Lower /),
      code: expect.stringContaining("1e-7"),
    });
  });

  test("does not advise a lower rate where updates are smaller than usual", () => {
    const texts = (updateRatio: number) => {
      const run = { epochs: { loss: [2, 2, 2], accuracy: low }, l2: repeat([1, 1], 3), learningRate: 0.1 };
      const verdict = judge({ ...run, updateRatio });
      return typeof verdict === "string" ? [] : verdict.prescription.map(({ text }) => text.slice(0, 5));
    };
    expect(texts(0.9e-3)).toContain("Raise");
    expect(texts(0.9e-3)).not.toContain("Lower");
    expect(texts(1.1e-3).slice(0, 2)).toEqual(["Lower", "Raise"]);
  });

  test("goes by the base rate, not by a warm-up's first, which may be 0", () => {
    const run = { epochs: { loss: [2, 2, 2], accuracy: low }, learningRate: [0, 0.005, 0.01, 0.002] };
    const verdict = judge(run);
    const texts = typeof verdict === "string" ? [] : verdict.prescription.map(({ text }) => text);
    expect(texts.slice(0, 2)).toEqual([
      expect.stringMatching(/^Lower .*, from 0.01 to 0.001$/),
      expect.stringMatching(/^Raise .*, from 0.01 to 0.1$/),
    ]);
  });

  test("prescribes more capacity than there is", () => {
    const verdict = judge({ epochs: { loss: [2, 2, 2], accuracy: low }, units: [512, 256, 10] });
    expect(typeof verdict === "string" ? undefined : verdict.prescription.at(-1)?.code).toContain(
      "hidden: [1024, 512]",
    );
  });

  test("has nothing to say of a loss that begins at 0", () => {
    expect(judge({ epochs: { loss: [0, 0, 0] } })).toBe("healthy");
  });

  test("says what is missing", () => {
    expect(judge({ epochs: { loss: [2, 2] } })).toBe("notEnough");
    expect(judge({ epochs: { loss: [2, 2, Number.NaN] } })).toBe("notEnough");
    expect(judge({})).toBe("notEnough");
  });

  describe("on validation alone", () => {
    const rows = 400;
    const labels = Int32Array.from({ length: rows }, (_, i) => i % 2);
    /** Of 100 validation rows, half of each class: up to 0.65 is chance. */
    const given = { x: new Float32Array(rows), y: labels, inputShape: [], classes: 2, validation: 0.25 };
    const learning = { loss: [0.69, 0.6, 0.5, 0.3, 0.2], accuracy: [0.5, 0.7, 0.8, 0.9, 0.95] };
    const of = (validation: object, config = {}) => {
      const view = dataView({
        data: given,
        epochs: { ...learning, ...validation },
        config: { loss: "crossEntropy", ...config },
      });
      const judgement = lossNotDecreasing.judge(view);
      return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
    };
    const guessing = { valAccuracy: [0.52, 0.61, 0.48, 0.5, 0.5], valLoss: [0.7, 0.9, 1.2, 1.3, 1.3] };

    test("fires where no epoch answers better than guessing, by chance", () => {
      expect(of(guessing)).toMatchObject({
        severity: "error",
        message:
          "The loss does not fall on validation: in 5 epochs no answers were better than guessing (0.610 right at best, 0.500 by the most frequent class).",
        prescription: [{ text: expect.stringMatching(/labels belong to their rows/) }, {}, {}],
      });
    });

    test("is silent where one does, or its cross-entropy is lower than that of guessing", () => {
      expect(of({ ...guessing, valAccuracy: [0.52, 0.66, 0.48, 0.5, 0.5] })).toBe("healthy");
      expect(of({ ...guessing, valLoss: [0.7, 0.65, 1.2, 1.3, 1.3] })).toBe("healthy");
      expect(of({ ...guessing, valLoss: [0.7, 0.65, 1.2, 1.3, 1.3] }, { loss: "hinge" })).toMatchObject({
        severity: "error",
      });
    });

    test("is silent on rows so few that right answers are by chance, and where the last epochs are better", () => {
      const few = dataView({
        data: { ...given, validation: 0.02 },
        epochs: { ...learning, valAccuracy: repeat(1, 5), valLoss: repeat(0.1, 5) },
        config: { loss: "focal" },
      });
      expect(lossNotDecreasing.judge(few).kind).toBe("healthy");
      expect(of({ ...guessing, valAccuracy: [0.52, 0.61, 0.48, 0.54, 0.55] })).toMatchObject({
        severity: "error",
      });
      expect(of({ ...guessing, valAccuracy: [0.52, 0.61, 0.55, 0.56, 0.57] })).toBe("healthy");
    });

    test("waits for five epochs, and for the training rows to be known by more than chance", () => {
      const four = Object.fromEntries(
        Object.entries({ ...learning, ...guessing }).map(([name, values]) => [name, values.slice(0, 4)]),
      );
      expect(of(four)).toBe("healthy");
      // Of 300 rows up to 0.587 is chance.
      expect(of({ ...guessing, accuracy: [0.5, 0.5, 0.58, 0.58, 0.58] })).toBe("healthy");
      expect(of({ ...guessing, accuracy: [0.5, 0.5, 0.6, 0.6, 0.6] })).toMatchObject({ severity: "error" });
    });

    test("waits for batch normalisation's averages", () => {
      const of = (steps: number) =>
        lossNotDecreasing.judge(
          dataView({
            data: given,
            epochs: { ...learning, ...guessing },
            stepLoss: repeat(0.5, steps),
            config: { loss: "crossEntropy" },
            kinds: ["Dense", "BatchNormalization", "Dense"],
          }),
        ).kind;
      expect(of(299)).toBe("healthy");
      expect(of(300)).toBe("verdict");
    });

    test("does not judge by guessing where classes are weighed", () => {
      expect(of(guessing, { classWeights: [1, 9] })).toBe("healthy");
    });
  });
});

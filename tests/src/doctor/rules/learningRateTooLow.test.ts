import { describe, expect, test } from "vitest";
import { learningRateTooLow } from "../../../../src/doctor/rules/learningRateTooLow.js";
import { madeRun, repeat } from "./series.js";

function judge(run: Parameters<typeof madeRun>[0]) {
  const judgement = learningRateTooLow.judge(madeRun(run));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const slow = {
  config: { optimizer: "adam", learningRate: 1e-6, epochs: 3 },
  epochs: { loss: [0.9, 0.89, 0.88], accuracy: [0.5, 0.5, 0.5] },
  stepLoss: repeat(0.9, 1000),
  l2: repeat([0.1, 0.1], 4),
  weightL2: repeat(2, 4),
};

describe("LearningRateTooLow", () => {
  test("fires where no kernel can have gone a tenth of its length", () => {
    expect(judge({ ...slow, updateRatio: repeat(9e-5, 4) })).toMatchObject({
      severity: "error",
      evidence: [{ value: expect.closeTo(0.09, 9), threshold: 0.1 }, { value: 0.05 }, { value: 0.5 }],
    });
    expect(judge({ ...slow, updateRatio: repeat(1.1e-4, 4) })).toBe("healthy");
    expect(judge({ ...slow, updateRatio: repeat(9e-5, 4), stepLoss: repeat(0.9, 2000) })).toBe("healthy");
  });

  test("looks at all kernels together: a small output layer that moves is not the net", () => {
    // Ways of 0.02 and 0.5 lengths; together √((0.02 · 10)² + (0.5 · 1)²) / √(10² + 1²) = 0.053584 (NumPy).
    const moving = (second: number) => ({
      ...slow,
      updateRatio: repeat(2e-5, 4),
      others: {
        "weightL2/dense_1/kernel": repeat(10, 4),
        "weightL2/dense_2/kernel": repeat(1, 4),
        "updateRatio/dense_2/kernel": repeat(second, 4),
      },
    });
    expect(judge(moving(5e-4))).toMatchObject({
      message: expect.stringContaining("by 5.4 % of their length at most"),
      evidence: [{ value: expect.closeTo(0.053584, 6), threshold: 0.1 }, { value: 0.1 }, { value: 0.5 }],
    });
    expect(judge(moving(1.1e-3))).toBe("healthy");
  });

  test("goes by the kernel that moves most where the norms of weights are not known of all", () => {
    const { weightL2: _, ...rest } = slow;
    const others = { "weightL2/dense_1/kernel": repeat(2, 4) };
    expect(judge({ ...rest, others, updateRatio: repeat(9e-5, 4) })).toMatchObject({
      evidence: [{ what: expect.stringContaining("of all layers the longest") }, {}, {}],
    });
  });

  test("is silent where the gradient is next to nothing, the run learns, or the rate is usual", () => {
    const run = { ...slow, updateRatio: repeat(1e-6, 4) };
    expect(judge({ ...run, l2: repeat([1e-3, 1e-3], 4) })).toBe("healthy");
    expect(judge({ ...run, epochs: { loss: [0.9, 0.5, 0.2], accuracy: [0.8, 0.9, 0.95] } })).toBe("healthy");
    expect(judge({ ...run, config: { optimizer: "adam", learningRate: 2e-4 } })).toBe("healthy");
  });

  test("raises the rate by tens, to the usual one at most", () => {
    const first = (learningRate: number, optimizer: string) => {
      const verdict = judge({ ...slow, config: { optimizer, learningRate }, updateRatio: repeat(1e-6, 4) });
      return typeof verdict === "string" ? undefined : verdict.prescription[0];
    };
    expect(first(1e-6, "adam")).toMatchObject({
      text: "Raise the learning rate, 1e-6 → 0.001",
      change: { fit: { learningRate: 1e-3 } },
    });
    expect(first(5e-4, "sgd")).toMatchObject({ change: { fit: { learningRate: 0.01 } } });
  });

  test("goes by a slow steady fall where updates were not measured", () => {
    const steady = [1, 0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93];
    expect(judge({ epochs: { loss: steady } })).toMatchObject({ severity: "warning" });
    expect(judge({ epochs: { loss: [1, 0.9, 0.86, 0.84, 0.83, 0.825, 0.822, 0.82] } })).toBe("notEnough");
    expect(judge({ epochs: { loss: [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3] } })).toBe("notEnough");
    expect(judge({ epochs: { loss: steady, accuracy: [0.7, 0.8, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9] } })).toBe(
      "notEnough",
    );
  });

  test("says what is missing", () => {
    expect(judge({ epochs: { loss: [2, 2] } })).toBe("notEnough");
    expect(judge({ epochs: { loss: [2, 2, Number.NaN] } })).toBe("notEnough");
  });
});

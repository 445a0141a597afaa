import { describe, expect, test } from "vitest";
import { batchTooSmall } from "../../../../src/doctor/rules/batchTooSmall.js";
import { madeRun, repeat } from "./series.js";

function judge(run: Parameters<typeof madeRun>[0]) {
  const judgement = batchTooSmall.judge(madeRun(run));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const config = { batchSize: 1, learningRate: 0.3, optimizer: "sgd" };
const lost = { epochs: { loss: [0.5, 0.2, 0.5, 0.5, 0.5] }, stepLoss: repeat(0.6, 100) };

describe("BatchTooSmall", () => {
  test("fires on up to four rows of an update in a run that does not settle", () => {
    expect(judge({ ...lost, config })).toMatchObject({
      evidence: [{ value: 1, threshold: 5 }, { value: 2.5 }],
    });
    expect(judge({ ...lost, config: { ...config, batchSize: 4 } })).toMatchObject({
      problem: "BatchTooSmall",
    });
    expect(judge({ ...lost, config: { ...config, batchSize: 8 } })).toBe("healthy");
    expect(judge({ ...lost, config: { ...config, accumulate: 8 } })).toBe("healthy");
    expect(judge({ ...lost, config, epochs: { loss: [0.5, 0.2, 0.2, 0.2, 0.2] } })).toBe("healthy");
  });

  test("fires on losses that differ by more than their mean and fall no more, where updates are large", () => {
    const stepLoss = Array.from({ length: 400 }, (_, i) => (i % 10 === 0 ? 5 : 0.1));
    const run = { config, epochs: { loss: repeat(0.6, 5) }, stepLoss, l2: repeat([1, 1], 4) };
    expect(judge({ ...run, updateRatio: repeat(0.04, 4) })).toMatchObject({
      evidence: [{}, { value: expect.closeTo(2.49, 2), threshold: 1 }],
    });
    expect(judge({ ...run, updateRatio: repeat(0.02, 4) })).toBe("healthy");
    const falling = stepLoss.map((loss, i) => loss * (1 - i / 800));
    expect(judge({ ...run, stepLoss: falling, updateRatio: repeat(0.04, 4) })).toBe("healthy");
  });

  test("fires on a gradient that was there and is gone, in a run that learns badly", () => {
    const run = {
      config,
      epochs: { loss: repeat(0.7, 5), accuracy: repeat(0.5, 5) },
      stepLoss: repeat(0.7, 100),
      l2: [[1, 1], ...repeat([0, 1], 7)],
    };
    expect(judge(run)).toMatchObject({ severity: "error", evidence: [{}, { value: 100, threshold: 50 }] });
    expect(judge({ ...run, l2: repeat([0, 1], 8) })).toBe("healthy");
    expect(judge({ ...run, epochs: { loss: repeat(0.7, 5), accuracy: [0.6, 0.7, 0.8, 0.9, 0.9] } })).toBe(
      "healthy",
    );
  });

  test("prescribes 32 rows, or the rate over √k", () => {
    const verdict = judge({ ...lost, config });
    expect(typeof verdict === "string" ? [] : verdict.prescription).toMatchObject([
      { change: { fit: { batchSize: 32 } } },
      { change: { fit: { learningRate: 0.05 } } },
      { change: { fit: { accumulate: 32 } } },
    ]);
  });

  test("says what is missing", () => {
    expect(judge({ ...lost })).toBe("notEnough");
    expect(judge({ config, epochs: lost.epochs, stepLoss: [1] })).toBe("notEnough");
  });
});

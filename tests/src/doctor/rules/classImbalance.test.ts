import { describe, expect, test } from "vitest";
import { classImbalance } from "../../../../src/doctor/rules/classImbalance.js";
import { dataView, type MadeData, withoutData } from "./dataView.js";

/** So many rows of each class. */
function of(counts: readonly number[], validation?: readonly number[]): MadeData["data"] {
  const rows = (each: readonly number[]) => {
    const y = Int32Array.from(each.flatMap((count, label) => Array.from({ length: count }, () => label)));
    return { x: Float32Array.from(y, (_, i) => i), y };
  };
  return {
    ...rows(counts),
    classes: counts.length,
    inputShape: [1],
    ...(validation && { validation: rows(validation) }),
  };
}

function judge(data: MadeData["data"], made: Partial<MadeData> = {}) {
  const judgement = classImbalance.judge(dataView({ data, ...made }));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

describe("ClassImbalance", () => {
  test("fires above 1:10, names the classes, and changes the weights", () => {
    expect(judge(of([300, 300, 3]))).toMatchObject({
      severity: "warning",
      message:
        "Class 0 has 49.8 % of the training rows (300), class 2 (3) hardly any: a high accuracy says nothing about it.",
      evidence: [{ value: 100, threshold: 10 }],
      // NumPy: n.sum() / np.sqrt(n).sum() / np.sqrt(n)
      prescription: [
        { change: { fit: { classWeights: "balanced" } } },
        { change: { fit: { classWeights: [0.957, 0.957, 9.57] } } },
        {},
        {},
      ],
    });
  });

  test("calls the classes by their names where they are recorded", () => {
    const data = { ...of([990, 5, 5], [297, 2, 1]), classNames: ["four", "nine", 'the "7"'] };
    expect(judge(data, { epochs: { valAccuracy: [0.99] } })).toMatchObject({
      message:
        'Class "four" has 99 % of the training rows (990), classes "nine" (5), "the \\"7\\"" (5) hardly any: the accuracy of 0.99 is that of naming class "four" always.',
      evidence: [
        { what: 'rows of class "four" / rows of class "nine" (990 / 5)' },
        { what: 'valAccuracy, where naming class "four" always gives 0.99' },
      ],
    });
  });

  test("is silent at 1:4 and 1:9, and where few rows are uneven by chance", () => {
    expect(judge(of([233, 233, 58]))).toBe("healthy");
    expect(judge(of([90, 10]))).toBe("healthy");
    expect(judge(of([7, 1, 2, 3, 0]))).toBe("healthy");
    expect(judge(of([11, 1]))).toBe("healthy");
    expect(judge(of([1400, 100]))).toMatchObject({ severity: "warning" });
  });

  test("a class without any row is one", () => {
    expect(judge(of([300, 0, 300]))).toMatchObject({
      message: expect.stringContaining("class 1 (0) hardly any"),
    });
  });

  test("is an error where the accuracy is that of naming the most frequent class", () => {
    const data = of([990, 10], [297, 3]);
    expect(judge(data, { epochs: { valAccuracy: [0.99] } })).toMatchObject({
      severity: "error",
      message: expect.stringMatching(/the accuracy of 0.99 is that of naming class 0 always\.$/),
      evidence: [{}, { value: 0.99, crossed: "below", tag: "epoch/valAccuracy" }],
    });
    expect(judge(data, { epochs: { valAccuracy: [0.997] } })).toMatchObject({ severity: "warning" });
    expect(judge(data, { epochs: { valAccuracy: [1] } })).toMatchObject({ severity: "warning" });
  });

  test("sees in recorded recalls that the rare class is missed behind a high accuracy, or found", () => {
    const judged = (recalls: readonly number[], rare = 20) =>
      judge(of([990, 10], [980, rare]), {
        epochs: { valAccuracy: [0.995], "valRecall/0": [1, 1], "valRecall/1": recalls },
      });
    expect(judged([1, 0.3])).toMatchObject({
      severity: "error",
      evidence: [{}, { value: 0.3, threshold: 0.5, crossed: "below", tag: "epoch/valRecall/1" }],
    });
    expect(judged([0, 0.9])).toMatchObject({ severity: "info" });
    expect(judged([0, 0.7])).toMatchObject({ severity: "warning", evidence: [{}] });
    // Of a few rows they say nothing.
    expect(judged([1, 0.3], 9)).toMatchObject({ severity: "warning", evidence: [{}] });
    expect(judged([0, 0.9], 9)).toMatchObject({ severity: "warning" });
  });

  test("is content where the classes are weighed", () => {
    expect(judge(of([990, 10]), { config: { classWeights: "balanced" } })).toBe("healthy");
  });

  test("long tails are usual among more than a hundred classes", () => {
    const tail = Array.from({ length: 150 }, (_, label) => Math.ceil(400 / Math.sqrt(label + 1)));
    tail[149] = 2;
    expect(judge(of(tail))).toBe("healthy");
    expect(judge(of([20_000, ...tail]))).toMatchObject({ problem: "ClassImbalance" });
  });

  test("has nothing to say of a regression, and does not judge without data", () => {
    expect(judge({ x: [[1], [2]], y: [0.5, 1.5] })).toBe("healthy");
    expect(classImbalance.judge(withoutData()).kind).toBe("notEnough");
  });
});

import { describe, expect, test } from "vitest";
import { saturatedActivation } from "../../../../src/doctor/rules/saturatedActivation.js";
import { bad, good, type OutputsRun, outputsRun } from "./outputsRun.js";

const tanh = ["tanh", "tanh", "sigmoid"];

function verdictOf(run: OutputsRun) {
  const judgement = saturatedActivation.judge(outputsRun({ activations: tanh, epochs: bad, ...run }));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

function flat(first: readonly number[], second: readonly number[] = first.map(() => 0)) {
  return { "activationSaturated/dense_1": first, "activationSaturated/dense_2": second };
}

describe("SaturatedActivation", () => {
  test("fires where most outputs of a layer are flat at the end, and names the first such layer and step", () => {
    expect(verdictOf({ series: flat([0, 0, 0, 0], [0.1, 0.7, 0.75, 0.8]) })).toMatchObject({
      severity: "error",
      layer: "dense_2",
      step: 20,
      message:
        "75 % of the outputs of dense_2 lie in the flat ends of tanh, once it had begun: almost no gradient passes there.",
      evidence: [{ threshold: 70, tag: "activationSaturated/dense_2" }, { what: "accuracy" }],
      prescription: [{ text: expect.stringContaining("rate") }, {}, {}, {}, {}],
    });
    expect(verdictOf({ series: flat([0.69, 0.69, 0.69]) })).toBe("healthy");
    expect(verdictOf({ series: flat([0.9, 0.9, 0.2, 0.1]) })).toBe("healthy");
  });

  test("is silent about the output, and about activations whose flat end is meant", () => {
    const output = { ...flat([0, 0, 0]), "activationSaturated/dense_3": [1, 1, 1] };
    expect(verdictOf({ series: output })).toBe("healthy");
    expect(verdictOf({ activations: ["relu", "softmax"], series: flat([1, 1, 1]) })).toBe("healthy");
  });

  test("warns of a beginning in the flat ends even where the run learns", () => {
    expect(verdictOf({ series: flat([0.9, 0.9, 0.9]), epochs: good })).toMatchObject({
      severity: "warning",
      mayFollow: ["UnnormalizedInput", "BadInitialization"],
      prescription: [{ change: { model: { initializer: "glorotUniform" } } }, {}, {}, {}, {}],
    });
    expect(verdictOf({ series: flat([0.1, 0.9, 0.9, 0.9]), epochs: good })).toMatchObject({
      severity: "info",
    });
    expect(verdictOf({ series: flat([0.9, 0.9, 0.9]), epochs: good, resumed: 1 })).toMatchObject({
      severity: "info",
    });
    expect(verdictOf({ series: flat([0.1, 0.9, 0.9, 0.9]), epochs: {} })).toMatchObject({
      severity: "warning",
      mayFollow: expect.arrayContaining(["OutputLossMismatch", "LearningRateTooHigh"]),
    });
  });

  test("advises no initialiser where it is that one already: what goes in is too large", () => {
    for (const [series, first] of [
      [flat([0.9, 0.9, 0.9]), /^Scale the inputs/],
      [flat([0.1, 0.9, 0.9, 0.9]), /rate/],
    ] as const) {
      const found = verdictOf({ series, initializer: "glorotUniform" });
      const texts = typeof found === "string" ? [] : found.prescription.map(({ text }) => text);
      expect(texts[0]).toMatch(first);
      expect(texts).toHaveLength(4);
      expect(texts.join()).not.toContain("Glorot");
    }
  });

  test("needs what hidden layers put out, on three sampled steps, and to know their activation", () => {
    expect(verdictOf({})).toBe("notEnough");
    expect(verdictOf({ series: flat([1, 1]) })).toBe("notEnough");
    expect(verdictOf({ activations: undefined, series: flat([1, 1, 1]) })).toBe("notEnough");
  });
});

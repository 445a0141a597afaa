import { describe, expect, test } from "vitest";
import { vanishingGradient } from "../../../../src/doctor/rules/vanishingGradient.js";
import { madeRun, repeat } from "./series.js";

const failing = { accuracy: [0.1, 0.1, 0.1] };
/** Norms that fall from 1 at the output to `ratio` at the input, evenly over 4 layers. */
const cascade = (ratio: number) => [ratio, ratio ** (2 / 3), ratio ** (1 / 3), 1];

function severity(run: Parameters<typeof madeRun>[0]): string {
  const judgement = vanishingGradient.judge(madeRun(run));
  return judgement.kind === "verdict" ? judgement.verdict.severity : judgement.kind;
}

describe("VanishingGradient", () => {
  test("fires below a ratio of 1e-3, not above", () => {
    expect(severity({ epochs: failing, l2: repeat(cascade(0.99e-3), 10) })).toBe("error");
    expect(severity({ epochs: failing, l2: repeat(cascade(1.01e-3), 10) })).toBe("healthy");
  });

  test("wants the fall to be one of depth: a single odd layer is none", () => {
    // Fitted over the depth, the first falls by 1e-2.7, the second by 1e-1.5 only.
    expect(severity({ epochs: failing, l2: repeat([1e-3 / 2, 1, 1, 1], 10) })).toBe("error");
    expect(severity({ epochs: failing, l2: repeat([1e-3 / 2, ...repeat(1, 10)], 10) })).toBe("healthy");
  });

  test("fires on next to nothing everywhere, unless units are dead", () => {
    const flat = { epochs: failing, l2: repeat([1e-9, 1e-9, 1e-9], 10) };
    expect(severity({ ...flat, meanAbs: 0.99e-7 })).toBe("error");
    expect(severity({ ...flat, meanAbs: 1.01e-7 })).toBe("healthy");
    expect(severity({ ...flat, meanAbs: 0.99e-7, zero: 0.7 })).toBe("healthy");
    expect(severity({ ...flat, meanAbs: 0.99e-7, zero: 0.69 })).toBe("error");
  });

  test("looks at biases where outputs shrink as gradients do, so that kernels' norms are all alike", () => {
    const run = (ratio: number, shrink: number) => {
      const named = (tag: string, values: readonly number[]) =>
        values.map((value, i) => [`${tag.replace("*", `dense_${i + 1}`)}`, repeat(value, 10)] as const);
      const others = Object.fromEntries([
        ...named("gradientL2/*/bias", cascade(ratio)),
        ...named("activationMeanAbs/*", [1, Math.sqrt(shrink), shrink]),
      ]);
      return { epochs: failing, l2: repeat([1e-5, 1e-5, 1e-5, 1e-5], 10), others };
    };
    expect(severity(run(0.99e-3, 0.03))).toBe("error");
    expect(severity(run(1.01e-3, 0.03))).toBe("healthy");
    expect(severity(run(0.99e-3, 0.04))).toBe("healthy");
    const judgement = vanishingGradient.judge(madeRun(run(1e-4, 1e-3)));
    expect(judgement).toMatchObject({
      verdict: {
        message: expect.stringContaining("next to nothing in all layers from dense_4 to dense_1"),
        evidence: [{ value: 1e-4, threshold: 1e-3, tag: "gradientL2/dense_1/bias" }, {}, {}],
      },
    });
  });

  test("leaves to TooStrongRegularization what a penalty has shrunk since the first step", () => {
    const penalties = (name: string) => ({ [`${name}/kernel`]: { l1: 0, l2: 0.1 } });
    const layers = [1, 2, 3, 4].map((i) => {
      const name = `dense_${i}`;
      const weights = [`${name}/kernel`];
      return {
        ...{ name, kind: "Dense", units: 4, trainable: true, parameters: 9 },
        weights,
        penalties: penalties(name),
      };
    });
    const run = { epochs: failing, layers, l2: [cascade(0.5), ...repeat(cascade(1e-5), 9)] };
    expect(severity({ ...run, weightL2: [4, ...repeat(0.9, 9)] })).toBe("healthy");
    expect(severity({ ...run, weightL2: [4, ...repeat(1.1, 9)] })).toBe("error");
    expect(severity({ ...run, l2: repeat(cascade(1e-5), 10), weightL2: [4, ...repeat(0.9, 9)] })).toBe(
      "error",
    );
  });

  test("is only a remark where the run learns well", () => {
    const l2 = repeat(cascade(1e-5), 10);
    expect(severity({ epochs: { accuracy: [0.3, 0.6, 0.69] }, l2 })).toBe("error");
    expect(severity({ epochs: { accuracy: [0.3, 0.6, 0.71] }, l2 })).toBe("info");
    expect(severity({ epochs: { accuracy: [0.8, 0.805, 0.8] }, l2 })).toBe("error");
    expect(severity({ epochs: { loss: [1, 0.95, 0.91] }, l2 })).toBe("error");
    expect(severity({ epochs: { loss: [1, 0.95, 0.89] }, l2 })).toBe("info");
    expect(severity({ l2 })).toBe("warning");
    expect(severity({ epochs: { loss: [0, 0, 0] }, l2 })).toBe("warning");
  });

  test("is a warning where only the beginning vanished, and nothing where some later steps did", () => {
    const then = (n: number) => [...repeat(cascade(1e-5), n), ...repeat(cascade(0.5), 20)];
    expect(severity({ epochs: failing, l2: then(1) })).toBe("warning");
    expect(severity({ epochs: { accuracy: [0.9] }, l2: then(1) })).toBe("info");
    expect(severity({ l2: then(1) })).toBe("info");
    expect(severity({ epochs: failing, l2: [cascade(0.5), ...then(5)] })).toBe("healthy");
    expect(severity({ epochs: failing, l2: [...then(0), ...repeat(cascade(1e-5), 20)] })).toBe("error");
  });

  test("warns of weights that begin so small that nothing gets through, though an optimiser makes up for it", () => {
    const run = (outputs: number, epochs: Record<string, readonly number[]> = { accuracy: [0.3, 0.9] }) => {
      const means = { "activationMeanAbs/dense_1": [2, ...repeat(1, 20)] };
      const l2 = [cascade(1e-5), ...repeat(cascade(0.5), 20)];
      const others = { ...means, "activationMeanAbs/dense_3": [2 * outputs, ...repeat(1, 20)] };
      const judgement = vanishingGradient.judge(madeRun({ epochs, l2, others }));
      return judgement.kind === "verdict" ? judgement.verdict : undefined;
    };
    expect(run(0.99e-3)).toMatchObject({
      severity: "warning",
      evidence: expect.arrayContaining([
        expect.objectContaining({ value: 0.99e-3, threshold: 1e-3, tag: "activationMeanAbs/dense_3" }),
      ]),
    });
    expect(run(1.01e-3)).toMatchObject({ severity: "info" });
    expect(run(0.99e-3, {})).toMatchObject({ severity: "warning" });
    expect(run(0.99e-3, failing)?.evidence.map(({ tag }) => tag)).not.toContain("activationMeanAbs/dense_3");
  });

  test("follows from a wrong loss where it was not so at the first step", () => {
    const of = (l2: readonly (readonly number[])[]) => {
      const judgement = vanishingGradient.judge(madeRun({ epochs: failing, l2 }));
      return judgement.kind === "verdict" ? judgement.verdict.mayFollow : [];
    };
    expect(of([cascade(0.5), ...repeat(cascade(1e-5), 9)])).toContain("OutputLossMismatch");
    expect(of(repeat(cascade(1e-5), 10))).not.toContain("OutputLossMismatch");
  });

  test("fires below a ratio of 0.1 where the run stands still behind three sigmoids or more", () => {
    const still = { loss: [2.3, 2.3, 2.29], accuracy: [0.1, 0.1, 0.1] };
    const units = [32, 32, 32, 10];
    const run = { epochs: still, units, activation: "sigmoid", l2: repeat(cascade(0.099), 10) };
    const judgement = vanishingGradient.judge(madeRun(run));
    expect(judgement).toMatchObject({
      verdict: {
        severity: "error",
        message: expect.stringContaining("shrinks about 10 times from dense_4 to dense_1"),
        evidence: [
          { value: expect.closeTo(0.099), threshold: 0.1 },
          { value: expect.closeTo(0.099 ** (1 / 3)), threshold: expect.closeTo(0.1 ** (1 / 3)) },
          { threshold: 0.5 },
          {},
        ],
        prescription: [{ change: { model: { activation: "relu", initializer: "heNormal" } } }, {}, {}, {}],
      },
    });
    expect(severity({ ...run, activation: "tanh" })).toBe("error");
    expect(severity({ ...run, l2: repeat(cascade(0.101), 10) })).toBe("healthy");
    expect(severity({ ...run, activation: "relu" })).toBe("healthy");
    expect(severity({ ...run, units: undefined })).toBe("healthy");
    expect(severity({ ...run, epochs: { ...still, loss: [2.3, 2.2, 2.1] } })).toBe("healthy");
    // Two hidden layers; a norm that does not fall at each; a beginning that was otherwise; later steps that were.
    expect(severity({ ...run, units: [32, 32, 10], l2: repeat([0.05, 0.2, 1], 10) })).toBe("healthy");
    expect(severity({ ...run, l2: repeat([0.02, 0.01, 0.5, 1], 10) })).toBe("healthy");
    expect(severity({ ...run, l2: [cascade(0.9), ...repeat(cascade(0.05), 9)] })).toBe("healthy");
    expect(severity({ ...run, l2: [...repeat(cascade(0.05), 4), ...repeat(cascade(0.9), 6)] })).toBe(
      "healthy",
    );
  });

  test("leaves steps out that are not finite, and says when too few are left", () => {
    const l2 = repeat(cascade(1e-5), 5);
    expect(severity({ epochs: failing, l2, nonFinite: [0, 0, 0, 1, 1] })).toBe("error");
    expect(severity({ epochs: failing, l2, nonFinite: [0, 0, 1, 1, 1] })).toBe("notEnough");
    expect(severity({ epochs: failing, l2: repeat([1e-5], 10) })).toBe("notEnough");
    expect(severity({ epochs: failing })).toBe("notEnough");
  });

  test("tells gradients that are 0 from such that are not finite", () => {
    const missing = (run: Parameters<typeof madeRun>[0]) => {
      const judgement = vanishingGradient.judge(madeRun(run));
      return judgement.kind === "notEnough" ? judgement.missing : judgement.kind;
    };
    expect(missing({ epochs: failing, l2: [[5, 5], ...repeat([0, 0], 20)] })).toContain(
      "(on 20 of 21 the gradient of dense_2 is 0: dead or saturated units)",
    );
    expect(missing({ epochs: failing, l2: repeat([1, 1], 9), nonFinite: repeat(1, 9) })).not.toContain(
      "is 0",
    );
  });

  test("prescribes fewer layers than there are, and none where there is one only", () => {
    const codes = (units: number[]) => {
      const l2 = repeat(
        units.map((_, i) => (i === units.length - 1 ? 1 : 1e-6)),
        10,
      );
      const judgement = vanishingGradient.judge(madeRun({ epochs: failing, l2, meanAbs: 1e-9, units }));
      return judgement.kind === "verdict" ? judgement.verdict.prescription.map(({ code }) => code) : [];
    };
    expect(codes([64, 32, 16, 10]).at(-1)).toContain("hidden: [64, 32]");
    expect(codes([64, 32, 10]).at(-1)).toContain("hidden: [64]");
    expect(codes([64, 10]).at(-1)).toContain(
      'hidden: [64], classes: 10, activation: "relu", batchNorm: true',
    );
  });
});

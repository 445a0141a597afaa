import { describe, expect, test } from "vitest";
import type { PreflightCheckName } from "../../../src/base/preflightRecord.js";
import { type BatchFacts, preflight } from "../../../src/doctor/preflight.js";
import { madeRun } from "./rules/series.js";

const kernel = { fanIn: 16, units: 16, mean: 0, std: 0.3, identical: 0 };
const layers = ["dense_1", "dense_2"].map((name) => ({
  name,
  kind: "Dense",
  activation: "relu",
  trainable: true,
  parameters: 272,
  weights: [`${name}/kernel`],
  initial: { [`${name}/kernel`]: kernel },
}));
const { run } = madeRun({
  layers,
  l2: [
    [1, 1],
    [1, 1],
    [1, 1],
  ],
  updateRatio: [0.01, 0.01, 0.01],
});

const entropy = Math.log(10);
const learnt: BatchFacts = {
  rows: 32,
  outputs: [{ name: "output", loss: "crossEntropy", classes: 10, value: 2.5 }],
  first: 2.5,
  constant: entropy,
  tries: [{ learningRate: 1e-3, steps: 12, loss: 1.9 }],
  isLearnt: true,
  isCut: false,
};
const ended = (...losses: number[]): BatchFacts => ({
  ...learnt,
  isLearnt: false,
  tries: losses.map((loss, i) => ({ learningRate: 10 ** (i - 3), steps: 40, loss })),
});
const first = (value: number): BatchFacts => ({
  ...learnt,
  first: value,
  outputs: learnt.outputs.map((output) => ({ ...output, value })),
});

function judged(check: PreflightCheckName, facts: Parameters<typeof preflight>[1], of = run) {
  const { passed, findings, notChecked } = preflight(of, facts);
  const found = findings.find((one) => one.check === check);
  if (found) return found;
  return passed.includes(check) ? "passed" : notChecked.find((one) => one.check === check)?.why;
}

test("each check is in one of the lists, and what the run does not hold is not checked", () => {
  const { passed, findings, notChecked } = preflight(run, learnt);
  expect(findings).toEqual([]);
  expect(passed).toEqual(["initial loss", "gradients", "one batch"]);
  expect(notChecked.map(({ check }) => check)).toEqual([
    "leak between splits",
    "scale of inputs and targets",
    "balance of classes",
    "output and loss",
  ]);
});

test("steps that time cut short leave gradients open by that reason", () => {
  const few = madeRun({ layers, l2: [[1, 1]], updateRatio: [0.01] }).run;
  expect(judged("gradients", { ...learnt, isLearnt: false, isCut: true }, few)).toBe(
    "there was no time for it",
  );
  expect(judged("gradients", learnt, few)).toMatch(/^it needs finite gradients on at least 3/);
});

test("without a batch nothing is said that needs one", () => {
  const none = { why: "its steps take too long" };
  for (const check of ["initial loss", "gradients", "one batch"] as const)
    expect(judged(check, none)).toBe(none.why);
});

test("what is not known of the data is said by its reason alone, but for what the model says", () => {
  const why = "there was no time for it";
  const { notChecked } = preflight(run, learnt, { data: why });
  expect(notChecked.slice(0, 3)).toEqual(
    ["leak between splits", "scale of inputs and targets", "balance of classes"].map((check) => ({
      check,
      why,
    })),
  );
  expect(preflight(run, learnt, { rows: why }).notChecked[0]).toEqual({ check: "leak between splits", why });
});

describe("initial loss", () => {
  test("up to 4 ln 10 above ln K passes, also one below it, of a model that was trained before", () => {
    expect(judged("initial loss", first(0.01))).toBe("passed");
    expect(judged("initial loss", first(4.9 * entropy))).toBe("passed");
    expect(judged("initial loss", first(5.1 * entropy))).toMatchObject({
      severity: "warning",
      message: expect.stringContaining("far above the ln 10 = 2.30 of guessing"),
    });
  });

  test("of few classes as much above is no more odd than of many", () => {
    const of = (value: number, classes: number | undefined, loss = "crossEntropy") =>
      judged("initial loss", {
        ...first(value),
        outputs: [{ name: "output", loss, classes, value }],
      });
    // A healthy narrow net on two classes began at 4.1.
    expect(of(4.1, 2)).toBe("passed");
    expect(of(10, 2)).toMatchObject({ message: expect.stringContaining("ln 2 = 0.69") });
    expect(of(10, 1000)).toBe("passed");
    expect(of(10, undefined, "binaryCrossEntropy")).toMatchObject({ severity: "warning" });
    expect(of(9.8, undefined, "binaryCrossEntropy")).toBe("passed");
  });

  test("one that is no number is an error, after which one batch is not judged", () => {
    const facts = { ...first(Number.NaN), isLearnt: false };
    expect(judged("initial loss", facts)).toMatchObject({ problem: "NotFinite", severity: "error" });
    expect(judged("one batch", facts)).toBe("its first loss is no number");
  });

  test("of values nothing is expected", () => {
    const outputs = [{ name: "size", loss: "meanSquaredError", classes: undefined, value: 1e4 }];
    expect(judged("initial loss", { ...learnt, outputs })).toBe("passed");
  });
});

describe("one batch", () => {
  test("is a finding where no rate comes below the constant answer's loss", () => {
    expect(judged("one batch", ended(2.4, entropy, 2.31, Number.NaN))).toMatchObject({
      severity: "warning",
      message: expect.stringMatching(
        /40 steps at rates of 0\.001 to 1 bring the loss from 2\.5 to 2\.303 at best/,
      ),
    });
    expect(judged("one batch", ended(2.5, 2.5, 2.5, 2.5))).toMatchObject({ severity: "warning" });
  });

  test("says which rate had more steps", () => {
    const facts = ended(2.4, entropy, 2.31, Number.NaN);
    const long = { learningRate: 0.01, steps: 1000, loss: entropy };
    expect(judged("one batch", { ...facts, tries: [...facts.tries, long] })).toMatchObject({
      message: expect.stringContaining("40 steps at rates of 0.001 to 1, and 1,000 at 0.01, bring the loss"),
    });
    expect(judged("one batch", { ...facts, tries: [...facts.tries, { ...long, loss: 2.2 }] })).toBe("passed");
  });

  test("passes where one does, and is left open where the loss still falls", () => {
    expect(judged("one batch", ended(2.5, 2.28, Number.NaN, 2.5))).toBe("passed");
    expect(judged("one batch", ended(2.49, 2.4, 2.499, 2.45))).toMatch(
      /falls too slowly at rates of 0\.001 to 1/,
    );
  });

  test("is not judged when time was over, nor of a single layer", () => {
    expect(judged("one batch", { ...ended(2.5), isCut: true })).toBe("there was no time for it");
    const single = madeRun({ layers: layers.slice(1) }).run;
    expect(judged("one batch", ended(2.5, 2.5, 2.5, 2.5), single)).toMatch(/single layer/);
  });

  test("of a person's own loss the first counts alone", () => {
    const own = { ...ended(-4, -4, -3, -4), constant: undefined, first: -4 };
    expect(judged("one batch", own)).toMatchObject({ severity: "warning" });
    expect(judged("one batch", { ...own, first: -3.9 })).toBe("passed");
  });
});

test("a layer that no gradient reaches is named by the doctor's rule", () => {
  const dead = madeRun({
    layers,
    l2: [
      [0, 1],
      [0, 1],
      [0, 1],
    ],
    zero: 1,
    updateRatio: [0, 0, 0],
  }).run;
  expect(judged("gradients", learnt, dead)).toMatchObject({ problem: "DeadLayer", layer: "dense_1" });
});

describe("of what keeps gradients from layers", () => {
  const falling = (norm: number) => {
    const names = Array.from({ length: 6 }, (_, i) => `dense_${i + 1}`);
    const deep = names.map((name) => ({
      ...layers[0]!,
      name,
      activation: "sigmoid",
      weights: [`${name}/kernel`],
    }));
    const norms = names.map((_, i) => norm ** (names.length - 1 - i));
    return madeRun({ layers: deep, l2: [norms, norms, norms], updateRatio: Array(6).fill(0.01) }).run;
  };

  test("a gradient that vanishes or explodes over the depth is named", () => {
    expect(judged("gradients", learnt, falling(0.1))).toMatchObject({
      problem: "VanishingGradient",
      layer: "dense_1",
    });
    expect(judged("gradients", learnt, falling(4))).toMatchObject({ problem: "ExplodingGradient" });
    expect(judged("gradients", learnt, falling(0.7))).toBe("passed");
  });

  test("what follows from how the weights begin says so", () => {
    const made = falling(0.1);
    const model = made.record.model!;
    const copies = model.layers.map((layer) => ({
      ...layer,
      initial: { [`${layer.name}/kernel`]: { ...kernel, std: 0, identical: 1 } },
    }));
    const record = { ...made.record, model: { ...model, layers: copies } };
    const { findings } = preflight({ ...made, record }, learnt);
    expect(findings.map(({ check, problem, follows }) => [check, problem, follows])).toEqual([
      ["initial loss", "BadInitialization", undefined],
      ["gradients", "VanishingGradient", "BadInitialization"],
    ]);
  });
});

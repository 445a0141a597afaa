import { describe, expect, test } from "vitest";
import type { OutputSummary } from "../../../../src/base/modelSummary.js";
import { random } from "../../../../src/base/random.js";
import { labelNoise } from "../../../../src/doctor/rules/labelNoise.js";
import type { RowLossTable } from "../../../../src/track/index.js";
import { madeRun } from "./series.js";

const classes = 5;

interface Made {
  /** Share of wrong labels. */
  readonly noise: number;
  /** Chance of a wrong answer to any sample, drawn anew at each epoch. */
  readonly errs: number;
  readonly samples?: number;
  /** The class whose samples have the next one's label; of all where undefined, to any other. */
  readonly paired?: boolean;
  readonly valAccuracy?: number;
  /** Of each epoch, in place of one for all: shares of the rows that validate. */
  readonly valAccuracies?: readonly number[];
  readonly kinds?: readonly string[];
}

/** A model that knows the task but for its errors, on data of which some labels are wrong. */
function made({ noise, errs, samples = 2000, paired = false, kinds = [], ...given }: Made) {
  const { valAccuracy = 1 - errs, valAccuracies } = given;
  const draw = random(7);
  const other = (label: number) => (label + 1 + Math.floor(draw.next() * (classes - 1))) % classes;
  const truth = Array.from({ length: samples }, () => Math.floor(draw.next() * classes));
  const labels = truth.map((label) =>
    draw.next() < noise ? (paired ? (label + 1) % classes : other(label)) : label,
  );
  const epochs = [1, 2, 3, 4, 6].map((epoch) => {
    const answers = truth.map((label) => (draw.next() < errs ? other(label) : label));
    const losses = answers.map((answer, i) => (answer === labels[i] ? 0.1 : 3));
    return { epoch, answers: Float32Array.from(answers), losses: Float32Array.from(losses) };
  });
  const table: RowLossTable = { distance: 1, labels: Float32Array.from(labels), epochs };
  const accuracy = 1 - noise - errs + 2 * noise * errs;
  const six = <T>(value: T) => Array.from({ length: 6 }, () => value);
  const view = madeRun({
    units: [8, classes],
    epochs: { accuracy: six(accuracy), valAccuracy: valAccuracies ?? six(valAccuracy) },
  });
  const target = { kind: "classes", classes } as const;
  const output: OutputSummary = {
    name: "dense_2",
    activation: "softmax",
    units: classes,
    loss: "crossEntropy",
    target,
  };
  const layers = [
    ...(view.run.record.model?.layers ?? []),
    ...kinds.map((kind) => ({ name: kind, kind, trainable: true, parameters: 0, weights: [] })),
  ];
  const record = { ...view.run.record, model: { layers, parameters: 1, outputs: [output] } };
  const wrong = labels.flatMap((label, i) => (label === truth[i] ? [] : [i]));
  return { view: { ...view, run: { ...view.run, record }, rowLosses: () => table }, wrong };
}

function judge(given: Made) {
  const judgement = labelNoise.judge(made(given).view);
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

/** Share of the wrong labels that were named, and of the right ones. */
function named(given: Made) {
  const { view, wrong } = made(given);
  const judgement = labelNoise.judge(view);
  const rows = judgement.kind === "verdict" ? (judgement.verdict.rows ?? []) : [];
  const hits = rows.filter((row) => wrong.includes(row)).length;
  const right = view.rowLosses().labels.length - wrong.length;
  return { wrong: hits / wrong.length, right: (rows.length - hits) / right };
}

describe("LabelNoise", () => {
  test("estimates the share of wrong labels, and names nearly all of them and few others", () => {
    for (const paired of [false, true]) {
      const given = { noise: 0.3, errs: 0.1, paired };
      expect(judge(given)).toMatchObject({ severity: "warning", epoch: 2 });
      const verdict = judge(given);
      const estimated = typeof verdict === "string" ? 0 : (verdict.evidence[0]?.value ?? 0);
      expect(Math.abs(estimated - 30)).toBeLessThan(8);
      const { wrong, right } = named(given);
      expect(wrong).toBeGreaterThan(0.9);
      expect(right).toBeLessThan(0.1);
    }
  });

  test("asks that few rows of validation be no reason: where classes overlap, their share of errors is badly known", () => {
    const overlap = { noise: 0.15, errs: 0.05, samples: 700 };
    const of = (valAccuracies: number[]) => judge({ ...overlap, valAccuracies });
    expect(of([0.92, 0.9475, 0.95, 0.9425, 0.9475, 0.95])).toMatchObject({ severity: "info" });
    expect(of([0.85, 0.95, 0.9, 0.95, 0.95, 0.95])).toBe("healthy");
  });

  test("is an alarm where the share is 0.1 with a confidence of 95 %, else a remark", () => {
    expect(judge({ noise: 0.16, errs: 0.01 })).toMatchObject({ severity: "warning" });
    expect(judge({ noise: 0.11, errs: 0.01, samples: 700 })).toMatchObject({ severity: "info" });
  });

  test("names pairs of classes where wrong labels follow a rule", () => {
    expect(judge({ noise: 0.3, errs: 0.1, paired: true })).toMatchObject({
      message: expect.stringContaining("for what looks like class"),
    });
    expect(judge({ noise: 0.3, errs: 0.1 })).toMatchObject({
      message: expect.not.stringContaining("looks like class"),
    });
  });

  test("prescribes to take out what is suspicious", () => {
    expect(judge({ noise: 0.3, errs: 0.1 })).toMatchObject({
      prescription: [{ change: { data: "removeSuspects" } }, { change: { fit: { earlyStopping: {} } } }],
    });
  });

  test("remarks on few wrong labels, and is silent on two of a hundred", () => {
    expect(judge({ noise: 0.07, errs: 0.02 })).toMatchObject({ severity: "info" });
    expect(judge({ noise: 0.02, errs: 0.02 })).toBe("healthy");
  });

  test("is silent where validation is as hard as training", () => {
    expect(judge({ noise: 0, errs: 0.2 })).toBe("healthy");
    expect(judge({ noise: 0.3, errs: 0.05, valAccuracy: 0.68 })).toBe("healthy");
  });

  test("is silent where the model does not know its task", () => {
    expect(judge({ noise: 0.3, errs: 0.1, valAccuracy: 0.55 })).toBe("healthy");
  });

  test("is silent where dropout makes each answer worse, unless one other class is said again and again", () => {
    const dropout = { kinds: ["Dropout"], errs: 0.45, valAccuracy: 0.95 };
    expect(judge({ noise: 0, ...dropout })).toBe("healthy");
    expect(judge({ noise: 0.3, kinds: ["Dropout"], errs: 0.1 })).toMatchObject({ severity: "warning" });
  });

  test("says what it would need", () => {
    const { view } = made({ noise: 0.3, errs: 0.1 });
    expect(labelNoise.judge({ ...view, rowLosses: () => undefined }).kind).toBe("notEnough");
    expect(judge({ noise: 0.3, errs: 0.1, samples: 150 })).toBe("notEnough");
    expect(
      labelNoise.judge(madeRun({ epochs: { accuracy: [0.5, 0.6], valAccuracy: [0.5, 0.6] } })).kind,
    ).toBe("notEnough");
  });

  test("is content with what has no classes", () => {
    const { view } = made({ noise: 0.3, errs: 0.1 });
    const { model } = view.run.record;
    const outputs = [{ ...(model.outputs[0] as OutputSummary), target: { kind: "values" } as const }];
    const record = { ...view.run.record, model: { ...model, outputs } };
    expect(labelNoise.judge({ ...view, run: { ...view.run, record } }).kind).toBe("healthy");
  });
});

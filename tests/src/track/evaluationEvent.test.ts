import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { drawFigure } from "../../../src/board/drawFigure.js";
import { ConfusionMatrix } from "../../../src/evaluate/confusionMatrix.js";
import { Evaluation } from "../../../src/evaluate/evaluation.js";
import { RegressionEvaluation } from "../../../src/evaluate/regressionEvaluation.js";
import { eventFiles } from "../../../src/track/eventFiles.js";
import { installFigureDrawer } from "../../../src/track/figureDrawer.js";
import { openRun } from "../../../src/track/openRun.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import type { Run } from "../../../src/track/run.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";
import { tensorBoardSees } from "./tensorBoardMedia.js";

installHost(terminalHost({ write: () => true }));
installFigureDrawer(drawFigure);

const python = join(import.meta.dirname, "../../../.venv-test/bin/python");
const script = join(import.meta.dirname, "../../oracles/tensorboard/read_pr_curves.py");

interface SeenCurve {
  readonly step: number;
  readonly precision: number[];
  readonly recall: number[];
  readonly true_positives: number[];
  readonly false_positives: number[];
  readonly true_negatives: number[];
  readonly false_negatives: number[];
  readonly thresholds: number[];
}

function seenCurves(logdir: string): Record<string, Record<string, SeenCurve[]>> {
  const result = spawnSync(python, [script, logdir], { encoding: "utf8", maxBuffer: 2 ** 28 });
  expect(result.status, result.stderr).toBe(0);
  return JSON.parse(result.stdout) as Record<string, Record<string, SeenCurve[]>>;
}

const labels = Int32Array.of(0, 1, 1, 2, 2, 0);
const rows = [
  [0.8, 0.1, 0.1],
  [0.25, 0.5, 0.25],
  [0.7, 0.2, 0.1],
  [0, 0, 1],
  [0.3, 0.3, 0.4],
  [0.005, 0.5, 0.495],
];
const classNames = ["a", "b | *x*", "<script>"];

function evaluation(): Evaluation {
  const predictions = Int32Array.from(rows, (row) => row.indexOf(Math.max(...row)));
  return new Evaluation({
    labels,
    predictions,
    losses: Float32Array.from(rows, (row, i) => -Math.log(row[labels[i]!]!)),
    confidences: Float32Array.from(rows, (row) => Math.max(...row)),
    probabilities: Float32Array.from(rows.flat()),
    confusionMatrix: new ConfusionMatrix(labels, predictions, { classNames }),
  });
}

test("TensorBoard's own plugin reads the PR curves, its pages the text, numbers and picture", async () => {
  const dir = temporaryFolder();
  const run = openRun({ name: "judged", dir, sources: [] });
  await run.evaluation(evaluation(), { name: "test", step: 3 });
  await run.evaluation(evaluation(), { name: "test" });
  run.finish();
  const name = `${basename(run.dir)}/main`;

  const curves = seenCurves(dir)[name]!;
  expect(Object.keys(curves).sort()).toEqual(classNames.map((one) => `test/pr/${one}`).sort());
  classNames.forEach((one, k) => {
    const [curve, second] = curves[`test/pr/${one}`]!;
    expect([curve?.step, second?.step]).toEqual([3, 4]);
    // The plugin leaves thresholds out that no probability reaches.
    const reached = rows.reduce((most, row) => Math.max(most, Math.floor(Math.fround(row[k]!) * 200)), 0);
    expect(curve!.thresholds).toHaveLength(reached + 1);
    // At thresholds that no probability is near, where float32 cannot matter.
    for (const at of [7, 55, 90, 130, 170].filter((place) => place <= reached)) {
      const threshold = at / 200;
      expect(curve!.thresholds[at]).toBeCloseTo(threshold, 6);
      const said = rows.map((row) => Math.fround(row[k]!) >= threshold);
      const count = (of: (i: number) => boolean) => rows.filter((_, i) => of(i)).length;
      const right = count((i) => said[i]! && labels[i] === k);
      const wrong = count((i) => said[i]! && labels[i] !== k);
      expect(curve!.true_positives[at]).toBe(right);
      expect(curve!.false_positives[at]).toBe(wrong);
      expect(curve!.false_negatives[at]).toBe(count((i) => labels[i] === k) - right);
      expect(curve!.true_negatives[at]).toBe(count((i) => labels[i] !== k) - wrong);
      expect(curve!.precision[at]).toBeCloseTo(right + wrong === 0 ? 0 : right / (right + wrong), 6);
      expect(curve!.recall[at]).toBeCloseTo(right / count((i) => labels[i] === k), 6);
    }
    expect(curve!.recall[0]).toBe(1);
  });

  const seen = tensorBoardSees(dir)[name]!;
  expect(seen.html.test![0]).toContain("accuracy 66.67 %");
  expect(seen.html.test![0]).toContain("&lt;script&gt;");
  expect(seen.html.test![0]).not.toContain("<script>");
  expect(seen.images["test/confusion"]!.map(([step]) => step)).toEqual([3, 4]);
  expect(readRun(run.dir).scalars.get("test/accuracy")?.values[1]).toBeCloseTo(4 / 6, 12);
});

test("it is read back whole, numbers that JSON has not too, and a resumed run goes on with it", async () => {
  const dir = temporaryFolder();
  const run = openRun({ name: "judged", dir, sources: [] });
  await run.evaluation(evaluation());
  const broken = new RegressionEvaluation(Float32Array.of(1, 2), Float32Array.of(1, Number.NaN), 1);
  await run.evaluation(broken, { name: "prices" });
  run.finish();
  const { evaluations, texts } = readRun(run.dir);
  expect(texts.size).toBe(0);
  expect(evaluations.get("evaluation")![0]!.evaluation.read()).toEqual(evaluation().toRecord().content);
  expect(evaluations.get("prices")![0]!.evaluation.read()).toEqual(broken.toRecord().content);

  const again = resumeRun(run.id, { dir });
  expect(() => again.log({ prices: 1 })).toThrow("got log after evaluation");
  await again.evaluation(evaluation());
  again.finish();
  const steps = readRun(run.dir)
    .evaluations.get("evaluation")!
    .map(({ step }) => step);
  expect(steps).toEqual([0, 1]);
});

test.each([
  [Promise.resolve(), "a promise: await it"],
  [{ accuracy: 1 }, "object"],
  [null, "null"],
])("%j is refused", async (given, got) => {
  const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [] });
  await expect(run.evaluation(given as never)).rejects.toThrow(
    new TypeError(
      `evaluation "evaluation": it must be what evaluate or evaluateRegression returns; got ${got}`,
    ),
  );
  await expect(run.evaluation(evaluation(), { step: -1 })).rejects.toThrow(RangeError);
  run.finish();
});

describe("is checked before any of it is recorded", () => {
  const images = { name: "test", size: 6, x: [0, 1, 0, 1, 0, 1], inputShape: [1, 1] };

  async function refused(
    prepare: (run: Run) => void,
    record: (run: Run) => Promise<void>,
  ): Promise<{ readonly error: Error }> {
    const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [] });
    prepare(run);
    const size = () => eventFiles(run.dir).map((file) => statSync(file).size);
    const before = size();
    // Nothing is thrown by the call itself.
    const promise = record(run);
    const error = await promise.then(
      () => new Error("recorded"),
      (why: Error) => why,
    );
    expect(size()).toEqual(before);
    run.finish();
    return { error };
  }

  it.each([
    ["log", "text", "test/accuracy", (run: Run) => run.text("test/accuracy", "high")],
    ["evaluation", "log", "test", (run: Run) => run.log({ test: 1 })],
    ["PR curve", "log", "test/pr/<script>", (run: Run) => run.log({ "test/pr/<script>": 1 })],
    ["image", "log", "test/mistakes", (run: Run) => run.log({ "test/mistakes": 1 })],
    ["table", "log", "test/mistakes/labels", (run: Run) => run.log({ "test/mistakes/labels": 1 })],
    ["figure", "log", "test/confusion", (run: Run) => run.log({ "test/confusion": 1 })],
  ])("the tag of its %s", async (kind, before, tag, prepare) => {
    const { error } = await refused(prepare, (run) => run.evaluation(evaluation(), { name: "test", images }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(
      `${kind} ${JSON.stringify(tag)}: values of one tag must be of one kind; got ${kind} after ${before}`,
    );
  });

  it.each([
    ["a bad step", { step: 1.5 }, RangeError, "a step must be a non-negative integer; got 1.5"],
    ["an empty name", { name: "" }, RangeError, 'a tag must not be empty; got ""'],
    ["a name that its parts make too long", { name: "n".repeat(9_995) }, RangeError, "at most 10000 char"],
    ["a name that is no text", { name: 7 as never }, TypeError, "a tag must be a text; got number"],
    [
      "images that are not finite",
      { images: { ...images, x: [0, 1, Number.NaN, 1, 0, 1] } },
      RangeError,
      "finite",
    ],
  ])("%s", async (_, options, kind, sentence) => {
    const { error } = await refused(
      () => {},
      (run) => run.evaluation(evaluation(), options),
    );
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toContain(sentence);
  });

  it("a part that is too large", async () => {
    const whole = evaluation().toRecord();
    const large = { mark: "bar", data: { values: ["x".repeat(65 * 2 ** 20)] } };
    const { error } = await refused(
      () => {},
      (run) => run.evaluation({ toRecord: () => ({ ...whole, charts: { ...whole.charts, large } }) }),
    );
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toContain(
      'figure "evaluation/large": what is recorded at once must be at most 64 MB',
    );
  });

  it("that the run is open", async () => {
    const { error } = await refused(
      (run) => run.finish(),
      (run) => run.evaluation(evaluation()),
    );
    expect(error.message).toBe('evaluation to run "bad": it is finished and takes no more points');
  });
});

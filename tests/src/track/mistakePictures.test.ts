import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfusionMatrix } from "../../../src/evaluate/confusionMatrix.js";
import { Evaluation } from "../../../src/evaluate/evaluation.js";
import { RegressionEvaluation } from "../../../src/evaluate/regressionEvaluation.js";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";
import { tensorBoardSees } from "./tensorBoardMedia.js";

const classNames = ["cat", "<b>*dog*|"];

/** Of four samples the last two are wrong, the last one most. */
function evaluation(predictions = Int32Array.of(0, 1, 0, 1)): Evaluation {
  const labels = Int32Array.of(0, 1, 1, 0);
  return new Evaluation({
    labels,
    predictions,
    losses: Float32Array.of(0.1, 0.2, 1, 3),
    confidences: Float32Array.of(0.9, 0.8, 0.625, 0.96875),
    probabilities: undefined,
    confusionMatrix: new ConfusionMatrix(labels, predictions, { classNames }),
  });
}

function split(inputShape: readonly number[], wrong: readonly number[]) {
  return { name: "test", size: 4, inputShape, x: Float32Array.from([...wrong.map(() => 7), ...wrong]) };
}

describe("pictures of mistakes", () => {
  it.each([
    // Third sample, fourth sample; what is drawn of the fourth, then of the third.
    ["floats from 0 to 1", [1, 2], "L", [0, 0.2, 0.4, 1], [102, 255, 0, 51]],
    ["whole numbers from 0 to 255", [1, 2, 1], "L", [0, 17, 34, 255], [34, 255, 0, 17]],
    ["normalised ones", [2, 1], "L", [-1, 0, 1, 4], [102, 255, 0, 51]],
    ["equal ones", [1, 2], "L", [-3, -3, -3, -3], [0, 0, 0, 0]],
    ["colours", [1, 1, 3], "RGB", [0, 0.2, 0.4, 1, 0, 0.6], [255, 0, 153, 0, 51, 102]],
  ])("of %s are seen by TensorBoard, the worst first", async (_, shape, mode, values, drawn) => {
    const dir = temporaryFolder();
    const run = openRun({ name: "wrong", dir, sources: [] });
    await run.evaluation(evaluation(), { name: "test", step: 5, images: split(shape, values) });
    run.finish();
    const seen = tensorBoardSees(dir)[`${basename(run.dir)}/main`]!;
    const [step, , width, height, pictures] = seen.images["test/mistakes"]![0]!;
    expect([step, height, width]).toEqual([5, shape[0], shape[1]]);
    expect(pictures.map((picture) => picture.mode)).toEqual([mode, mode]);
    expect(pictures.flatMap(({ pixels }) => pixels)).toEqual(drawn);
  });

  it("have their labels beside them, as TensorBoard shows them and as they are read back", async () => {
    const dir = temporaryFolder();
    const run = openRun({ name: "wrong", dir, sources: [] });
    await run.evaluation(evaluation(), { name: "test", images: split([1, 1], [0, 1]) });
    run.finish();
    const [html] = tensorBoardSees(dir)[`${basename(run.dir)}/main`]!.html["test/mistakes/labels"]!;
    const cells = [...html!.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell);
    expect(cells.slice(0, 5)).toEqual(["cat", "&lt;b&gt;*dog*|", "0.96875", "3", "3"]);
    expect(cells.slice(5)).toEqual(["&lt;b&gt;*dog*|", "cat", "0.625", "2", "1"]);
    expect(readRun(run.dir).tables.get("test/mistakes/labels")![0]!.table.read()).toEqual({
      columns: ["true", "predicted", "probability", "sample", "loss"],
      rows: [
        ["cat", "<b>*dog*|", 0.96875, 3, 3],
        ["<b>*dog*|", "cat", 0.625, 2, 1],
      ],
    });
  });

  it("are not there where nothing was wrong", async () => {
    const run = openRun({ name: "right", dir: temporaryFolder(), sources: [] });
    await run.evaluation(evaluation(Int32Array.of(0, 1, 1, 0)), { images: split([1, 1], [0, 1]) });
    run.finish();
    const { images, tables, evaluations } = readRun(run.dir);
    expect([images.size, tables.size, evaluations.size]).toEqual([0, 0, 1]);
  });

  it.each([
    [
      split([2], [0, 1, 2, 3]),
      TypeError,
      'a split of pictures, [height, width] or [height, width, 1 or 3]; samples of "test" are [2]',
    ],
    [split([1, 1, 2], [0, 1, 2, 3]), TypeError, 'samples of "test" are [1, 1, 2]'],
    [{ ...split([1, 1], [0, 1]), size: 5 }, RangeError, "the split that was evaluated, of 4 samples; got 5"],
    [{ ...split([1, 1], [0, 1]), x: [1, 2] }, RangeError, '"test" has 2, no sample 3'],
    [split([1, 1], [0, Number.NaN]), RangeError, "must be finite numbers; got NaN"],
    [null, RangeError, "got undefined"],
  ])("refuse %j, and record nothing", async (images, kind, sentence) => {
    const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [] });
    const recorded = run.evaluation(evaluation(), { images: images as never });
    await expect(recorded).rejects.toThrow(kind);
    await expect(recorded).rejects.toThrow(sentence);
    run.finish();
    expect(readRun(run.dir).evaluations.size).toBe(0);
  });

  it("refuse a regression", async () => {
    const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [] });
    const prices = new RegressionEvaluation(Float32Array.of(1, 2), Float32Array.of(1, 2), 1);
    const recorded = run.evaluation(prices, { images: split([1, 1], [0]) });
    await expect(recorded).rejects.toThrow("images need an evaluation of a classification");
    run.finish();
  });
});

import { expect, it } from "vitest";
import type { ClassificationContent } from "../../../src/base/evaluationContent.js";
import { boardSettings } from "../../../src/board/options.js";
import { readBoard } from "../../../src/board/read.js";
import { boardText } from "../../../src/board/text.js";
import { ConfusionMatrix } from "../../../src/evaluate/confusionMatrix.js";
import { Evaluation } from "../../../src/evaluate/evaluation.js";
import { openRun } from "../../../src/track/openRun.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

// Of more than 1,024 the matrix is never whole.
it.each([400, 1100])(
  "keeps of %d classes those that can be drawn, and knows the confusions of all",
  async (classes) => {
    const labels = Int32Array.from({ length: 2 * classes }, (_, i) => i % classes);
    const predictions = labels.map((label, i) => (label === 7 || i === 9 ? 8 : label));
    const classNames = Array.from({ length: classes }, (_, k) => `class ${k}`);
    const run = openRun({ name: "many", dir: temporaryFolder(), sources: [] });
    await run.evaluation(
      new Evaluation({
        labels,
        predictions,
        losses: new Float32Array(labels.length),
        confidences: new Float32Array(labels.length),
        probabilities: undefined,
        confusionMatrix: new ConfusionMatrix(labels, predictions, { classNames }),
      }),
      { name: "test" },
    );
    run.finish();
    const settings = boardSettings({ kind: "evaluation" });
    const data = readBoard({ runs: [run.dir], sweeps: [] }, settings);
    const { content } = data.runs[0]!.media!.evaluations!.get("test")!.shown[0]!;
    const { classNames: kept, counts } = content as ClassificationContent;
    expect([kept.length, counts.length, counts[0]!.length]).toEqual([100, 100, 100]);
    expect(kept).toEqual(expect.arrayContaining(["class 7", "class 8", "class 9"]));
    const at = (label: string, predicted: string) => counts[kept.indexOf(label)]?.[kept.indexOf(predicted)];
    expect([at("class 7", "class 8"), at("class 9", "class 8"), at("class 8", "class 8")]).toEqual([2, 1, 2]);
    const text = boardText(data, settings);
    expect(text).toMatch(/class 7 +class 8 +2 +100\.0 %\nclass 9 +class 8 +1 +50\.0 %/);
  },
);

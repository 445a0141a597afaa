import { expect, test } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { classRecalls } from "../../../src/doctor/classRecalls.js";
import { classImbalance } from "../../../src/doctor/rules/classImbalance.js";
import { viewRun } from "../../../src/doctor/runView.js";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "../track/temporaryFolder.js";
import { dataView } from "./rules/dataView.js";

installHost(terminalHost({ write: () => true }));

/** A run with an evaluation of each confusion matrix, oldest first. */
async function evaluated(...matrices: number[][][]) {
  const run = openRun({ name: "evaluated", dir: temporaryFolder() });
  for (const [step, counts] of matrices.entries()) {
    const content = {
      kind: "classification",
      ...{ size: 100, loss: 0.1, accuracy: 0.9, f1: 0.9, mistakes: [], counts },
      classNames: counts.map((_, label) => String(label)),
    } as const;
    const evaluation = {
      toRecord: () => ({ content, text: "", scalars: {}, thresholdCurves: [], charts: {} }),
    };
    await run.evaluation(evaluation, { name: "validation", step });
  }
  run.finish();
  return readRun(run.dir);
}

const found = [
  [97, 1],
  [0, 2],
];
const missed = [
  [98, 0],
  [2, 0],
];

test("the newest evaluation of so many classes counts", async () => {
  const view = viewRun(
    await evaluated(
      missed,
      [
        [90, 8],
        [0, 0],
      ],
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    ),
  );
  expect(classRecalls(view, 2)).toEqual([90 / 98, undefined]);
  expect(classRecalls(view, 5)).toBeUndefined();
});

test("an imbalance is an error where rare classes are not found, and a remark where they are", async () => {
  const y = Int32Array.from({ length: 300 }, (_, i) => Number(i < 6));
  const view = dataView({ data: { x: Float32Array.from(y), y, classes: 2, inputShape: [1] } });
  const judge = async (counts: number[][]) => {
    const { evaluations } = await evaluated(counts);
    return classImbalance.judge({ ...view, run: { ...view.run, evaluations } });
  };
  expect(await judge(missed)).toMatchObject({
    verdict: { severity: "error", evidence: [{}, { value: 0, threshold: 0.5, crossed: "below" }] },
  });
  expect(await judge(found)).toMatchObject({ verdict: { severity: "info" } });
});

test("what a person had evaluated goes before what the training recorded of its last epoch", async () => {
  const rows = (counts: readonly number[]) => {
    const y = Int32Array.from(counts.flatMap((count, label) => Array.from({ length: count }, () => label)));
    return { x: Float32Array.from(y), y };
  };
  const view = dataView({
    data: { ...rows([294, 6]), classes: 2, inputShape: [1], validation: rows([980, 20]) },
    epochs: { valAccuracy: [0.99], "valRecall/0": [1], "valRecall/1": [0.1] },
  });
  expect(classImbalance.judge(view)).toMatchObject({ verdict: { severity: "error" } });
  const { evaluations } = await evaluated(found);
  expect(classImbalance.judge({ ...view, run: { ...view.run, evaluations } })).toMatchObject({
    verdict: { severity: "info" },
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recallMetrics } from "../../../src/base/recallMetrics.js";
import { arrays } from "../../../src/data/arrays.js";
import { fit as train } from "../../../src/fit.js";
import { adam } from "../../../src/index.js";
import { mlp } from "../../../src/models/index.js";
import { tf } from "../../../src/native/index.js";
import { readRun } from "../../../src/track/index.js";
import { createCapturedStep } from "../../../src/train/capturedStep.js";
import { ClassRecalls } from "../../../src/train/classRecalls.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

const oracle = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../oracles/evaluate/sklearn_classification.json"), "utf8"),
) as { labels: number[]; predictions: number[]; recall: number[]; logits: number[][] };

/** Two clouds of 300 and 30 rows that overlap, and rows of validation in the same way. */
function clouds(rare: number, common = 300) {
  const of = (rows: number, from: number) => {
    const y = Array.from({ length: rows }, (_, i) => (i % ((common + rare) / rare) < 1 ? 1 : 0));
    const x = y.map((label, i) => [label + Math.sin(from + 7 * i), label + Math.cos(from + 3 * i)]);
    return { x, y };
  };
  return arrays({ ...of(common + rare, 0), classes: 2, validation: of(110, 1) });
}

describe("ClassRecalls", () => {
  it("counts as scikit-learn does, in whatever batches the answers come, and again each time", () => {
    const recalls = new ClassRecalls(Int32Array.from(oracle.labels), 5);
    for (const size of [7, 60]) {
      for (let from = 0; from < 60; from += size) recalls.add(oracle.predictions.slice(from, from + size));
      // scikit-learn gives the class without samples 0.
      expect(recalls.take()?.map((recall) => (Number.isNaN(recall) ? 0 : recall))).toEqual(oracle.recall);
    }
    recalls.add(oracle.predictions.slice(0, 59));
    expect(recalls.take()).toBeUndefined();
  });

  it("is of uneven classes alone, of one target", () => {
    const of = (rare: number) => {
      const dataset = clouds(rare);
      return ClassRecalls.of({ dataset, train: dataset.train, validation: dataset.validation });
    };
    expect(of(30)).toBeDefined();
    const { train } = clouds(30);
    expect(ClassRecalls.of({ dataset: clouds(30), train, validation: undefined })).toBeUndefined();
    const even = arrays({
      x: [[0], [1], [2], [3]],
      y: [0, 1, 0, 1],
      validation: { x: [[0], [1]], y: [0, 1] },
    });
    expect(
      ClassRecalls.of({ dataset: even, train: even.train, validation: even.validation }),
    ).toBeUndefined();
  });
});

describe("recallMetrics", () => {
  it("leaves out classes without samples, and each one's of many", () => {
    // NumPy: np.nanmean
    expect(recallMetrics([0.875, 2 / 3, Number.NaN, 0.5])).toEqual({
      valBalancedAccuracy: expect.closeTo(0.6805555555555555, 12),
      valLeastRecall: 0.5,
      "valRecall/0": 0.875,
      "valRecall/1": 2 / 3,
      "valRecall/3": 0.5,
    });
    expect(Object.keys(recallMetrics(new Array<number>(21).fill(1)))).toEqual([
      "valBalancedAccuracy",
      "valLeastRecall",
    ]);
    expect(recallMetrics([Number.NaN])).toEqual({});
  });
});

describe("a step of validation", () => {
  it.each([true, false])("tells the class of each sample (captured: %s)", async (capture) => {
    const model = tf.sequential({
      layers: [
        tf.layers.activation({ activation: "softmax", inputShape: [5] }),
        tf.layers.dense({ units: 5 }),
      ],
    });
    model.layers[1]?.setWeights([tf.eye(5), tf.zeros([5])]);
    const step = createCapturedStep(model, { loss: "crossEntropy", optimizer: adam(), capture });
    const batch = { x: tf.tensor2d(oracle.logits), y: tf.tensor1d(oracle.labels, "int32") };
    expect([...((await step.evaluate(batch)).answers ?? [])]).toEqual(oracle.predictions);
    step.dispose();
  });
});

describe("fit", () => {
  const trained = async (rare: number, common?: number) => {
    const dataset = clouds(rare, common);
    const model = mlp({ inputShape: [2], hidden: [8], classes: 2 });
    const run = await train(model, dataset, {
      optimizer: adam({ learningRate: 0.01 }),
      epochs: 3,
      batchSize: 32,
      progress: false,
      track: { name: "uneven", dir: temporaryFolder(), system: false },
    });
    return { dataset, model, run, scalars: readRun(run.dir as string).scalars };
  };

  it("records each epoch's recalls of uneven classes, the last those of the model it leaves", async () => {
    const { dataset, model, run, scalars } = await trained(30);
    const { x, y, size } = dataset.validation!;
    const said = (model.predict(tf.tensor2d(x, [size, 2])) as tf.Tensor).argMax(-1).dataSync();
    const share = (label: number) => {
      const rows = [...y.keys()].filter((row) => y[row] === label);
      return rows.filter((row) => said[row] === label).length / rows.length;
    };
    const at = (metric: string) => [...(scalars.get(`epoch/${metric}`)?.values ?? [])];
    expect([at("valRecall/0").at(-1), at("valRecall/1").at(-1)]).toEqual([share(0), share(1)]);
    expect(at("valBalancedAccuracy").at(-1)).toBeCloseTo((share(0) + share(1)) / 2, 12);
    expect(at("valLeastRecall").at(-1)).toBe(Math.min(share(0), share(1)));
    expect(at("valRecall/1")).toHaveLength(3);
    // As the accuracy says.
    const rare = [...y].filter((label) => label === 1).length;
    expect(share(0) * (size - rare) + share(1) * rare).toBeCloseTo(size * run.history.valAccuracy.at(-1)!, 6);
    expect(Object.keys(run.history)).not.toContain("valBalancedAccuracy");
  });

  it("records none of even classes", async () => {
    const { scalars } = await trained(300, 300);
    expect([...scalars.keys()].filter((tag) => /ecall|Balanced/.test(tag))).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { mlp } from "../../../src/models/index.js";
import { tf } from "../../../src/native/index.js";
import { outputSummaries, targetSummary } from "../../../src/train/outputSummary.js";

const values = (numbers: number[], width = 1) =>
  targetSummary({ values: Float32Array.from(numbers), shape: [width], classes: undefined });

describe("targets", () => {
  it("are classes where they are labels", () => {
    expect(targetSummary({ values: Int32Array.of(0, 2), shape: [], classes: 3 })).toEqual({
      kind: "classes",
      classes: 3,
    });
  });

  it("are one-hot where each row has one 1, binary where there is nothing but 0 and 1", () => {
    expect(values([0, 1, 0, 1, 0, 0], 3)).toEqual({ kind: "oneHot", classes: 3 });
    expect(values([0, 1, 1, 1, 0, 0], 3)).toMatchObject({ kind: "binary" });
    expect(values([0, 1, 1])).toMatchObject({ kind: "binary" });
  });

  it("are values otherwise, with the shares that lie outside of activations' ranges", () => {
    expect(values([-2, -0.5, 0.5, 3])).toEqual({
      kind: "values",
      negative: 0.5,
      belowMinusOne: 0.25,
      aboveOne: 0.25,
    });
  });
});

describe("outputs", () => {
  const data = arrays({ x: [[0], [1], [2]], y: [0, 1, 2] });

  it("have their activation, units, loss and target", () => {
    const model = mlp({ inputShape: [1], hidden: [], classes: 3 });
    const loss = "crossEntropy";
    expect(outputSummaries(model, { dataset: data, train: data.train, loss })).toEqual([
      {
        name: "output",
        activation: "softmax",
        units: 3,
        loss,
        target: { kind: "classes", classes: 3 },
      },
    ]);
    model.dispose();
  });

  it("leave nothing on the device", () => {
    const model = mlp({ inputShape: [1], hidden: [], classes: 3 });
    const before = tf.memory().numTensors;
    outputSummaries(model, { dataset: data, train: data.train, loss: "crossEntropy" });
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});

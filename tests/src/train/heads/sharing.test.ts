import { expect, it } from "vitest";
import { stepFunctionCount } from "../../../../src/train/step/stepFunctions.js";
import { trainOnce } from "../trainOnce.js";
import { type Output, torchData, torchModel, withoutNames } from "./torchHeads.js";

const outputs: Output[] = ["score", "kind"];
const options = { epochs: 2, batchSize: 22, track: false } as const;

it("one capture serves trainings with other loss weights", async () => {
  const data = torchData(outputs);
  const train = (lossWeights: Record<string, number>, capture = true) =>
    trainOnce(torchModel(outputs), data, { ...options, lossWeights }, { capture });
  const first = await train({ score: 1, kind: 0.3 });
  const count = stepFunctionCount();
  const second = await train({ score: 0.1, kind: 2 });
  const none = await train({ score: 0 });
  expect(stepFunctionCount()).toBe(count);
  expect(second.weights).not.toEqual(first.weights);
  for (const [captured, weights] of [
    [second, { score: 0.1, kind: 2 }],
    [none, { score: 0 }],
  ] as const) {
    const eager = await train(weights, false);
    expect([eager.weights, eager.history]).toEqual([captured.weights, captured.history]);
  }
});

it("one capture serves models whose layers have other names", async () => {
  await trainOnce(torchModel(outputs), torchData(outputs), options);
  const count = stepFunctionCount();
  const data = torchData(outputs);
  const renamed = torchModel(outputs, { prefix: "my" });
  const listed = {
    ...data,
    train: { ...data.train, columns: withoutNames(data.train) },
    validation: undefined,
  };
  const { history } = await trainOnce(renamed, listed, options);
  expect(history.myscoreLoss).toHaveLength(2);
  expect(stepFunctionCount()).toBe(count);
});

it("no capture serves outputs with other losses", async () => {
  const data = torchData(["score", "gate"], { task: { gate: "regression" } });
  const train = (loss: "binaryCrossEntropy" | "meanSquaredError", capture = true) =>
    trainOnce(
      torchModel(["score", "gate"]),
      data,
      { ...options, loss: { score: "auto", gate: loss } },
      { capture },
    );
  for (const loss of ["binaryCrossEntropy", "meanSquaredError"] as const)
    expect((await train(loss)).weights).toEqual((await train(loss, false)).weights);
});

/** What a training gives back. */
import { inspect } from "node:util";
import { expect, it } from "vitest";
import { fit as fitModel } from "../../../src/fit.js";
import { mlp } from "../../../src/models/index.js";
import { sgd } from "../../../src/optim/index.js";
import { digits, model, stage, track } from "./trainingScene.js";

stage();

it("asks the doctor about itself", async () => {
  const deep = mlp({
    inputShape: [28, 28, 1],
    hidden: new Array<number>(8).fill(64),
    classes: 10,
    activation: "sigmoid",
  });
  const run = await fitModel(deep, digits, {
    optimizer: sgd({ learningRate: 0.01 }),
    epochs: 3,
    track: track("deep"),
  });
  expect(run.doctor().top?.problem).toBe("VanishingGradient");
});

it("shows itself as a table of epochs", async () => {
  const run = await fitModel(model(), digits, { epochs: 2, batchSize: 500, track: false });
  const text = String(run.toMimeBundle()["text/plain"]);
  expect(text).toMatch(
    /^mlp: finished after 2 epochs in \d+\.\d s(, \d+\.\d s of it for \d captures?)?\nepoch {3}loss/,
  );
  expect(text.split("\n")).toHaveLength(5);
  expect(inspect(run)).toBe(text);
  expect(inspect([run])).toBe(`[ ${text.split("\n")[0]} ]`);
});

it("knows which way a metric is better, or asks", async () => {
  const run = await fitModel(model(), digits, { epochs: 2, batchSize: 500, track: false });
  expect(run.best("valLoss")).toBe(Math.min(...run.history.valLoss));
  expect(run.bestEpoch("accuracy")).toBe(run.history.accuracy.indexOf(Math.max(...run.history.accuracy)) + 1);
  expect(run.best("learningRate", { direction: "max" })).toBe(0.001);
  expect(() => run.best("learningRate")).toThrow('needs { direction: "max" } or { direction: "min" }');
  expect(() => run.best("valF1")).toThrow("measured were loss, accuracy, valLoss, valAccuracy, learningRate");
});

/** Losses of a person's own, held to the library's of the same formula. */
import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { fit as fitModel } from "../../../src/fit.js";
import { tf } from "../../../src/native/index.js";
import { profileOps } from "../../../src/native/opProfile.js";
import { readRun } from "../../../src/track/index.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import type { OwnLoss } from "../../../src/train/ownLoss.js";
import { stage, track } from "./trainingScene.js";

stage();

const numbers = Array.from({ length: 90 }, (_, i) => i);
const x = numbers.map((i) => [Math.sin(i), Math.cos(3 * i)]);
const kinds = arrays({ x, y: numbers.map((i) => i % 3), classes: 3, validation: 0.2 });
const values = arrays({ x, y: numbers.map((i) => [Math.sin(i) / 2, 1]), validation: 0.2 });

const model = (units: number, activation: "softmax" | "linear") => {
  const dense = (options: object, seed: number) =>
    tf.layers.dense({ kernelInitializer: tf.initializers.glorotUniform({ seed }), ...options } as never);
  const layers = [
    dense({ units: 8, activation: "tanh", inputShape: [2] }, 1),
    dense({ units, activation, name: "output" }, 2),
  ];
  return tf.sequential({ layers });
};
const options = { epochs: 3, batchSize: 16, progress: false, track: false } as const;
const ofKinds = async (given: FitOptions) => {
  const { history } = await fitModel(model(3, "softmax"), kinds, { ...options, ...given });
  return history as Record<string, number[]>;
};
const close = (given: Record<string, number[]>, expected: Record<string, number[]>) => {
  expect(Object.keys(given)).toEqual(Object.keys(expected));
  for (const [name, series] of Object.entries(expected))
    series.forEach((value, i) => void expect(given[name]?.[i]).toBeCloseTo(value, 4));
};

const nll: OwnLoss = (target, output) => tf.neg(tf.sum(tf.mul(target, tf.log(output)), -1));

it("cross-entropy from probabilities trains as the library's, validation and accuracy too", async () => {
  const expected = await ofKinds({ loss: "crossEntropy" });
  expect(Object.keys(expected)).toContain("valAccuracy");
  close(await ofKinds({ loss: nll }), expected);
  close(await ofKinds({ loss: (target, output) => tf.mean(nll(target, output)) }), expected);
  close(await ofKinds({ loss: nll, accumulate: 2 }), await ofKinds({ loss: "crossEntropy", accumulate: 2 }));
});

it("with class weights it needs a loss of each sample", async () => {
  const classWeights = { 1: 3 };
  close(await ofKinds({ loss: nll, classWeights }), await ofKinds({ loss: "crossEntropy", classWeights }));
  const mean: OwnLoss = (target, output) => tf.mean(nll(target, output));
  await expect(ofKinds({ loss: mean, classWeights })).rejects.toThrow(
    /class weights needs a loss of each sample/,
  );
});

it("of values it is the mean over a sample's outputs, and runs op by op to the same numbers", async () => {
  const squared: OwnLoss = (target, output) => tf.square(tf.sub(target, output));
  const train = async (loss: FitOptions["loss"]) =>
    (await fitModel(model(2, "linear"), values, { ...options, loss: loss as OwnLoss })).history;
  const expected = (await train("meanSquaredError")) as Record<string, number[]>;
  expect(Object.keys(expected)).toContain("valMeanAbsoluteError");
  close((await train(squared)) as Record<string, number[]>, expected);
  const { value } = await profileOps(() => train(squared), { eager: true });
  close(value as Record<string, number[]>, expected);
});

it("two trainings share no capture: what one took from outside is not the other's", async () => {
  const times = (factor: number) => {
    const scaled: OwnLoss = (target, output) => tf.mul(factor, nll(target, output));
    return ofKinds({ loss: scaled, maxSteps: 1 });
  };
  const [one, two] = [await times(1), await times(2)];
  expect(two.loss?.[0]).toBeCloseTo(2 * (one.loss?.[0] as number), 5);
});

it("is recorded by its name, and a resumed training needs the same text", async () => {
  const given = { ...options, track: track("own-loss"), checkpoint: true };
  const run = await fitModel(model(3, "softmax"), kinds, { ...given, epochs: 1, loss: nll });
  expect(readRun(run.dir ?? "").record.config).toMatchObject({ loss: "nll" });
  const { track: _, ...resumed } = { ...given, resume: run.dir ?? "" };
  const other: OwnLoss = (target, output) => tf.mul(2, nll(target, output));
  await expect(fitModel(model(3, "softmax"), kinds, { ...resumed, loss: other })).rejects.toThrow(
    /needs the same loss to resume/,
  );
  const rest = await fitModel(model(3, "softmax"), kinds, { ...resumed, loss: nll });
  close(rest.history as Record<string, number[]>, await ofKinds({ loss: nll }));
});

it("names itself where it is at fault", async () => {
  const wrong: OwnLoss = (target) => tf.add(target, tf.ones([7]));
  await expect(ofKinds({ loss: wrong })).rejects.toThrow(
    /^in loss "wrong", at tests\/src\/fit\/ownLoss\.test\.ts:\d+:\d+: Add\(/,
  );
});

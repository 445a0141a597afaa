import { expect, it } from "vitest";
import { directionOf, knownDirection } from "../../../src/base/metric.js";

it.each([
  ["loss", "min"],
  ["valLoss", "min"],
  ["accuracy", "max"],
  ["valAccuracy", "max"],
  ["valMeanAbsoluteError", "min"],
  ["kindLoss", "min"],
  ["valKindLoss", "min"],
  ["kindAccuracy", "max"],
  ["valKindAccuracy", "max"],
  ["sizeMeanAbsoluteError", "min"],
  ["valSizeMeanAbsoluteError", "min"],
  ["train/loss", "min"],
  ["Loss/train", "min"],
  ["train_loss_epoch", "min"],
  ["head/crossEntropyLoss", "min"],
  ["test error", "min"],
  ["val/RMSE", "min"],
  ["Accuracy/val", "max"],
  ["macroF1", "max"],
  ["roc-auc", "max"],
])("knows that the best %s is its %s, of one output of several too", (metric, direction) => {
  expect(knownDirection(metric)).toBe(direction);
});

it.each([
  ...["cost", "gloss", "value", "constructor", "mine/perplexity"],
  ...["lossScale", "loss/weights", "train", "epoch", "errorRate", ""],
])("does not guess it of %s", (metric) => {
  expect(knownDirection(metric)).toBeUndefined();
  expect(() => directionOf(metric, undefined)).toThrow("which way it is better is not known");
});

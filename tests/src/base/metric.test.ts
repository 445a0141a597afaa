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
  // Of outputs whose names end in a digit, in capitals, or in a script without them.
  ["out2Loss", "min"],
  ["valOut2Accuracy", "max"],
  ["out_2MeanAbsoluteError", "min"],
  ["MLPLoss", "min"],
  ["valMLPLoss", "min"],
  ["RGBAccuracy", "max"],
  ["valXAccuracy", "max"],
  ["出力Loss", "min"],
  ["top1Accuracy", "max"],
  ["valTop5Accuracy", "max"],
  ["acc1", "max"],
  ["val/acc@5", "max"],
  ["Accuracy/top5", "max"],
  ["recall@10", "max"],
  ["accuracy_2", "max"],
  ["loss2", "min"],
  ["F1", "max"],
  ["valAUC", "max"],
  ["MSE", "min"],
  ["valMeanIoU", "max"],
])("knows that the best %s is its %s, of one output of several too", (metric, direction) => {
  expect(knownDirection(metric)).toBe(direction);
});

// https://scikit-learn.org/stable/modules/model_evaluation.html#scoring-string-names
it.each([
  ...["neg_mean_squared_error", "neg_root_mean_squared_error", "neg_mean_absolute_percentage_error"],
  ...["neg_max_error", "neg_log_loss", "test_neg_mean_squared_error", "negMse", "neg_rmse", "valNegMAE"],
])("knows that the best %s is its max: it is negated", (metric) => {
  expect(knownDirection(metric)).toBe("max");
});

it.each([
  ...["cost", "gloss", "value", "constructor", "mine/perplexity"],
  ...["lossScale", "loss/weights", "train", "epoch", "errorRate", ""],
  ...[
    "negLoss",
    "negative/loss",
    "negativeAccuracy",
    "neg_brier_score",
    "recallNegative",
    "top5",
    "2",
    "map50",
  ],
])("does not guess it of %s", (metric) => {
  expect(knownDirection(metric)).toBeUndefined();
  expect(() => directionOf(metric, undefined)).toThrow("which way it is better is not known");
});

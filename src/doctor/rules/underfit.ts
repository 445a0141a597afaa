/**
 * The model cannot learn more than this: training and validation are both low, without a gap.
 *
 * Alarm when
 *  - the training accuracy (mean of the last 3 epochs) is below 0.7 (AUTOTRAINER) and less than half of the way from guessing
 *    to all right; validation is less than 0.1 below it; without an accuracy, the training loss (mean of the last 3 epochs)
 *    is above half of what the mean of the targets would cost, their variance (R² below 0.5; healthy ones have 0.6 and more), or
 *    where that is not known, of the loss before training: the first epoch may have learned most of it; and
 *  - training moves the weights: some kernel may have gone a tenth of its length (LearningRateTooLow), and its gradient is not
 *    next to nothing; and
 *  - the model's make says why (`restraintsOf`): no activation between layers, a hidden layer of a few units, few weights for
 *    the rows, a penalty that has shrunk the weights, or dropout of more than a half.
 * Without the last it may as well be the data: labels that the inputs do not tell, as in healthy runs of such data. Error.
 */
import { tags } from "../../base/tags.js";
import { lowAccuracy } from "../accuracyGate.js";
import { classesOf, lossAtStart, targetVariance } from "../curves.js";
import { moreOfEverything, restraintsOf } from "../restraints.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { mean } from "../statistics.js";
import { farthestTravel, relativeGradient } from "../updates.js";
import { type Evidence, healthy, notEnough } from "../verdict.js";
import { gradientThreshold, travelThreshold } from "./learningRateTooLow.js";

export const halfWay = 0.5;
export const gapThreshold = 0.1;
const leastEpochs = 3;

export const underfit: Rule = {
  problem: "Underfit",
  judge(run) {
    const losses = run.epochs("loss");
    if (losses.length < leastEpochs) return notEnough(`the loss of at least ${leastEpochs} epochs`);
    if (!losses.every(Number.isFinite)) return notEnough("finite losses");
    const low = lowTraining(run, losses);
    if (low === "unknown")
      return notEnough("the training accuracy beside the validation's, and the number of classes");
    if (low === "no") return healthy;
    if (!run.run.record.model) return notEnough("what the model is made of");
    const travel = farthestTravel(run);
    if (!travel) return notEnough("update ratios");
    const gradient = relativeGradient(run, travel.weight) ?? 0;
    const restraints = restraintsOf(run);
    const [first] = restraints;
    if (travel.length < travelThreshold || gradient < gradientThreshold || !first) return healthy;
    return {
      kind: "verdict",
      verdict: {
        problem: "Underfit",
        severity: "error",
        message: `The model does not fit even its training data: it ${first.what}.`,
        evidence: [...low, ...restraints.map(({ evidence }) => evidence)],
        prescription: [...restraints.flatMap(({ prescription }) => prescription), ...moreOfEverything(run)],
      },
    };
  },
};

function lowTraining(run: RunView, losses: readonly number[]): readonly Evidence[] | "no" | "unknown" {
  const [train, val] = [lastOf(run, "accuracy"), lastOf(run, "valAccuracy")];
  if (Number.isFinite(train)) return lowAccuracyOf(run, train, val);
  if (Number.isFinite(val)) return "unknown";
  const variance = targetVariance(run);
  const begin = variance ?? Math.max(lossAtStart(run) ?? 0, losses[0] as number);
  const left = mean(losses.slice(-3)) / begin;
  if (!(begin > 0) || !(left > halfWay)) return "no";
  const [loss, valLoss] = [lastOf(run, "loss"), lastOf(run, "valLoss")];
  if (valLoss > 1.5 * loss) return "no";
  return [
    {
      what: `training loss, mean of the last 3 epochs / ${variance === undefined ? "the loss before training" : "the variance of the targets"}`,
      value: left,
      threshold: halfWay,
      crossed: "above",
      tag: tags.epoch("loss"),
    },
  ];
}

function lowAccuracyOf(run: RunView, train: number, val: number): readonly Evidence[] | "no" | "unknown" {
  if (train >= lowAccuracy || train - val >= gapThreshold) return "no";
  const classes = classesOf(run);
  if (classes === undefined) return "unknown";
  const way = (train - 1 / classes) / (1 - 1 / classes);
  if (way >= halfWay) return "no";
  const tag = tags.epoch("accuracy");
  return [
    {
      what: "accuracy, mean of the last 3 epochs",
      value: train,
      threshold: lowAccuracy,
      crossed: "below",
      tag,
    },
    {
      what: `its share of the way from guessing ${classes} classes to all right`,
      value: way,
      threshold: halfWay,
      crossed: "below",
      tag,
    },
  ];
}

function lastOf(run: RunView, metric: string): number {
  return mean(run.epochs(metric).slice(-3));
}

/**
 * The model learns its training data by heart.
 *
 * Alarm when the validation loss has risen to 1.2 times its minimum or more, for at least 3 epochs, and the gap
 * of the accuracies (means of the last 3 epochs) is at least 0.1, or 0.07 when the training accuracy is above 0.9
 * (AUTOTRAINER); where the gap is twice that, a rise to 1.05 times is enough. Where the gap is smaller, the losses
 * tell: a rise to 1.25 times, and a validation loss (mean of the last 3 epochs, too) of 5 times the training loss, say
 * that the model is sure of what it gets wrong, before its accuracy says so; the gap must be 3 standard errors of the
 * validation accuracy then, where its rows are known: a handful of a few hundred points is chance. Without accuracies the
 * validation loss must be twice the training loss, and a fifth of its first value, since of losses near 0 a multiple says
 * little; where it is 10 times the training loss, a rise to 1.05 times is enough. The rise from the minimum stands in for the
 * common "(val − train) / train > 0.1" (SageMaker Debugger), which fires on a healthy MNIST run (1.4 there).
 * Healthy runs on images rise to at most 1.2 times; overfit ones to 1.25 to 1.57 times and more. Small nets on a few
 * hundred points rise up to 2.7 times from a loss near 0, yet stay below 3.6 times the training loss.
 */
import { tags } from "../../base/tags.js";
import { fitChange, hiddenUnits, modelChange } from "../codeLine.js";
import { validationSize } from "../curves.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { mean } from "../statistics.js";
import { leastErrors } from "../swings.js";
import { type Evidence, healthy, notEnough, type Prescription } from "../verdict.js";

export const riseThreshold = 1.2;
/** Where the gap is `wideGap` times its threshold or more. */
export const riseThresholdWide = 1.05;
export const wideGap = 2;
export const gapThreshold = 0.1;
/** Where the training accuracy is above `highAccuracy`. */
export const gapThresholdHigh = 0.07;
export const highAccuracy = 0.9;
export const lossRatioThreshold = 2;
/** Where no accuracy is known, and the validation loss is much of what it was at first. */
export const lossRatioThresholdWide = 10;
export const leastOfFirst = 0.2;
/** Where the gap of the accuracies is small. */
export const riseThresholdSure = 1.25;
export const lossRatioThresholdSure = 5;
export const patience = 3;
const leastEpochs = 5;

export const overfit: Rule = {
  problem: "Overfit",
  judge(run) {
    const valLoss = run.epochs("valLoss");
    if (valLoss.length < leastEpochs)
      return notEnough(`the validation loss of at least ${leastEpochs} epochs`);
    if (!valLoss.every(Number.isFinite)) return notEnough("finite validation losses");
    const lowest = Math.min(...valLoss);
    const best = valLoss.indexOf(lowest) + 1;
    const rise = Math.min(...valLoss.slice(-patience)) / lowest;
    if (valLoss.length - best < patience || !(lowest > 0) || rise < riseThresholdWide) return healthy;
    const gap = widestGap(run);
    if (gap === "unknown") return notEnough("training losses or accuracies beside the validation's");
    if (gap === "small" || rise < gap.rise) return healthy;
    const what = `lowest valLoss of the last ${patience} epochs / its minimum (epoch ${best})`;
    return {
      kind: "verdict",
      verdict: {
        problem: "Overfit",
        severity: "warning",
        message: `From epoch ${best} on the model gets better on its training data only: the validation loss has risen to ${rise.toFixed(2)} times its minimum.`,
        epoch: best,
        evidence: [
          {
            what,
            value: rise,
            threshold: gap.rise,
            crossed: "at least",
            unit: "×",
            tag: tags.epoch("valLoss"),
          },
          gap.evidence,
        ],
        prescription: prescriptions(run, best),
      },
    };
  },
};

/** What lies between training and validation, and the rise of the validation loss that is an alarm beside it. */
type Gap = { readonly evidence: Evidence; readonly rise: number } | "small" | "unknown";

function widestGap(run: RunView): Gap {
  const [train, val] = [last(run, "accuracy"), last(run, "valAccuracy")];
  if (!Number.isFinite(train - val)) return gapWithoutAccuracies(run);
  const threshold = train > highAccuracy ? gapThresholdHigh : gapThreshold;
  const value = train - val;
  if (value < threshold) {
    if (value < leastErrors * errorOf(run, val)) return "small";
    const gap = gapOfLosses(run, lossRatioThresholdSure, riseThresholdSure);
    return gap === "unknown" ? "small" : gap;
  }
  const what = `accuracy ${train.toPrecision(3)} − valAccuracy ${val.toPrecision(3)}`;
  return {
    evidence: { what, value, threshold, crossed: "at least", tag: tags.epoch("accuracy") },
    rise: value >= wideGap * threshold ? riseThresholdWide : riseThreshold,
  };
}

/** Standard error of the validation accuracy, of which one row at least may be wrong; 0 where its rows are not known. */
function errorOf(run: RunView, val: number): number {
  const size = validationSize(run);
  if (size === undefined) return 0;
  const share = Math.min(val, 1 - 1 / size);
  return Math.sqrt((share * (1 - share)) / size);
}

function gapWithoutAccuracies(run: RunView): Gap {
  const first = run.epochs("valLoss")[0] as number;
  const isMuch = last(run, "valLoss") >= leastOfFirst * first;
  const wide = gapOfLosses(run, lossRatioThresholdWide, riseThresholdWide);
  if (wide !== "unknown" && !isMuch) return "small";
  return typeof wide === "object" ? wide : gapOfLosses(run, lossRatioThreshold, riseThreshold);
}

/** Losses alone are never a wide gap: a training loss near zero makes any ratio large. */
function gapOfLosses(run: RunView, threshold: number, rise: number): Gap {
  const [loss, valLoss] = [last(run, "loss"), last(run, "valLoss")];
  if (!Number.isFinite(loss) || !(loss > 0)) return "unknown";
  const value = valLoss / loss;
  if (value < threshold) return "small";
  const what = `valLoss / loss, means of the last ${patience} epochs`;
  return {
    evidence: { what, value, threshold, crossed: "at least", unit: "×", tag: tags.epoch("loss") },
    rise,
  };
}

function last(run: RunView, metric: string): number {
  return mean(run.epochs(metric).slice(-patience));
}

/** The order of the tuning texts: stop in time, dropout and L2, more data, less capacity. */
function prescriptions(run: RunView, best: number): Prescription[] {
  return [
    {
      text: `Stop early: epoch ${best} was the best`,
      ...fitChange(run, { earlyStopping: { monitor: "valLoss", patience: patienceOf(run) } }),
    },
    { text: "Dropout of 0.2 to 0.5 behind the hidden layers", ...modelChange(run, { dropout: 0.3 }) },
    { text: "An L2 penalty of about 1e-4", ...modelChange(run, { l2: 1e-4 }) },
    { text: "More training data, or augmentation of what there is" },
    smaller(run),
  ];
}

/** AUTOTRAINER's: a fifteenth of the epochs, since epochs of few steps waver. */
function patienceOf(run: RunView): number {
  const { epochs } = run.run.record.config;
  return Math.max(3, typeof epochs === "number" ? Math.round(epochs / 15) : 3);
}

function smaller(run: RunView): Prescription {
  const text = "A smaller model";
  const hidden = (hiddenUnits(run) ?? [128]).map(half);
  return hidden.length > 0 ? { text, ...modelChange(run, { hidden }) } : { text };
}

function half(units: number): number {
  return Math.max(1, Math.round(units / 2));
}

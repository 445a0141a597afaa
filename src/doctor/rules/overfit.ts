/**
 * The model learns its training data by heart.
 *
 * Alarm when the validation loss has risen to 1.2 times its minimum or more, for at least 3 epochs, and the gap
 * of the accuracies (means of the last 3 epochs) is at least 0.1, or 0.07 when the training accuracy is above 0.9
 * (AUTOTRAINER); where the gap is twice that, a rise to 1.05 times is enough. Without accuracies the validation
 * loss must be twice the training loss. The rise from the minimum stands in for the
 * common "(val − train) / train > 0.1" (SageMaker Debugger), which fires on a healthy MNIST run (1.4 there).
 * Healthy runs on images rise to at most 1.2 times; overfit ones to 1.25 to 1.54 times and more.
 */
import { tags } from "../../base/tags.js";
import { fitLine, hiddenUnits, modelLine } from "../codeLine.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { mean } from "../statistics.js";
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
    const gap = gapEvidence(run);
    if (gap === "unknown") return notEnough("training losses or accuracies beside the validation's");
    const threshold = isWide(gap) ? riseThresholdWide : riseThreshold;
    if (gap === "small" || rise < threshold) return healthy;
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
            threshold,
            crossed: "above",
            unit: "×",
            tag: tags.epoch("valLoss"),
          },
          gap,
        ],
        prescription: prescriptions(run, best),
      },
    };
  },
};

type Gap = Evidence | "small" | "unknown";

/** Losses alone are no wide gap: a training loss near zero makes any ratio large. */
function isWide(gap: Gap): boolean {
  return typeof gap === "object" && gap.unit === undefined && gap.value >= wideGap * gap.threshold;
}

function gapEvidence(run: RunView): Gap {
  const last = (metric: string) => mean(run.epochs(metric).slice(-patience));
  const [train, val] = [last("accuracy"), last("valAccuracy")];
  if (Number.isFinite(train - val)) {
    const threshold = train > highAccuracy ? gapThresholdHigh : gapThreshold;
    const value = train - val;
    const what = `accuracy ${train.toPrecision(3)} − valAccuracy ${val.toPrecision(3)}`;
    return value >= threshold
      ? { what, value, threshold, crossed: "above", tag: tags.epoch("accuracy") }
      : "small";
  }
  const [loss, valLoss] = [run.epochs("loss").at(-1), run.epochs("valLoss").at(-1)];
  if (loss === undefined || valLoss === undefined || !(loss > 0)) return "unknown";
  const value = valLoss / loss;
  const what = "valLoss / loss of the last epoch";
  return value >= lossRatioThreshold
    ? { what, value, threshold: lossRatioThreshold, crossed: "above", unit: "×", tag: tags.epoch("loss") }
    : "small";
}

/** The order of the tuning texts: stop in time, dropout and L2, more data, less capacity. */
function prescriptions(run: RunView, best: number): Prescription[] {
  return [
    {
      text: `Stop early: epoch ${best} was the best`,
      code: fitLine(run, { earlyStopping: { code: '{ monitor: "valLoss", patience: 3 }' } }),
    },
    { text: "Dropout of 0.2 to 0.5 behind the hidden layers", code: modelLine(run, { dropout: 0.3 }) },
    { text: "Weight decay of about 1e-4", code: modelLine(run, { weightDecay: 1e-4 }) },
    { text: "More training data, or augmentation of what there is" },
    smaller(run),
  ];
}

function smaller(run: RunView): Prescription {
  const text = "A smaller model";
  const hidden = (hiddenUnits(run) ?? [128]).map(half);
  return hidden.length > 0 ? { text, code: modelLine(run, { hidden }) } : { text };
}

function half(units: number): number {
  return Math.max(1, Math.round(units / 2));
}

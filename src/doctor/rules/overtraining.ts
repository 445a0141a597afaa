/**
 * Training went on long after the validation was at its best.
 *
 * Said when the validation loss had its minimum at least 10 epochs ago (SageMaker Debugger's patience) and in the first half
 * of the epochs, and rose to at least 1.2 times that since, by a tenth of its fall until then at least. A warning where the validation accuracy fell since that epoch by
 * at least 0.03 and 3 standard errors, or, without an accuracy, where the loss rose to 1.5 times; else a remark (info): a
 * loss that rises while the accuracy stays only says that the model is surer of its mistakes. Listed under Overfit
 * where that is found. Needs 15 epochs of validation losses.
 */
import { tags } from "../../base/tags.js";
import { fitChange } from "../codeLine.js";
import { lossAtStart, validationSize } from "../curves.js";
import { lostShare } from "../instability.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { mean } from "../statistics.js";
import { leastErrors, leastSwing } from "../swings.js";
import { type Evidence, healthy, notEnough } from "../verdict.js";

export const patience = 10;
export const riseThreshold = 1.2;
export const riseThresholdAlone = 1.5;
const leastEpochs = 15;
const lastEpochs = 3;

export const overtraining: Rule = {
  problem: "Overtraining",
  judge(run) {
    const losses = run.epochs("valLoss");
    if (losses.length < leastEpochs)
      return notEnough(`the validation loss of at least ${leastEpochs} epochs`);
    if (!losses.every(Number.isFinite)) return notEnough("finite validation losses");
    const lowest = Math.min(...losses);
    const best = losses.indexOf(lowest) + 1;
    const end = Math.min(...losses.slice(-lastEpochs));
    const rise = end / lowest;
    const isMuch =
      end - lowest >= lostShare * (Math.max(losses[0] as number, lossAtStart(run) ?? 0) - lowest);
    const isLong = losses.length - best >= patience && best <= losses.length / 2;
    if (!(lowest > 0) || !isLong || !isMuch || rise < riseThreshold) return healthy;
    const harm = harmSince(run, best, rise);
    const tag = tags.epoch("valLoss");
    return {
      kind: "verdict",
      verdict: {
        problem: "Overtraining",
        severity: harm ? "warning" : "info",
        message: `The validation loss was at its best in epoch ${best} of ${losses.length}: what came after made it worse.`,
        epoch: best,
        evidence: [
          {
            what: "epochs since the minimum of valLoss",
            value: losses.length - best,
            threshold: patience,
            crossed: "at least",
            tag,
          },
          {
            what: `lowest valLoss of the last ${lastEpochs} epochs / its minimum`,
            value: rise,
            threshold: riseThreshold,
            crossed: "at least",
            unit: "×",
            tag,
          },
          ...(harm ? [harm] : []),
        ],
        prescription: [
          {
            text: "Stop early, and keep the best epoch's weights",
            ...fitChange(run, { earlyStopping: { monitor: "valLoss", patience: 3 } }),
          },
          { text: `Or train for ${best} epochs`, ...fitChange(run, { epochs: best }) },
        ],
      },
    };
  },
};

function harmSince(run: RunView, best: number, rise: number): Evidence | undefined {
  const accuracies = run.epochs("valAccuracy");
  if (accuracies.length === 0) {
    if (rise < riseThresholdAlone) return undefined;
    return {
      what: "the same without an accuracy",
      value: rise,
      threshold: riseThresholdAlone,
      crossed: "at least",
      unit: "×",
      tag: tags.epoch("valLoss"),
    };
  }
  const size = validationSize(run);
  const then = mean(accuracies.slice(Math.max(0, best - 2), best + 1));
  const fall = then - mean(accuracies.slice(-lastEpochs));
  if (size === undefined) return undefined;
  const threshold = Math.max(leastSwing, leastErrors * Math.sqrt((then * (1 - then)) / size));
  if (!(fall >= threshold)) return undefined;
  return {
    what: "fall of valAccuracy since then",
    value: fall,
    threshold,
    crossed: "at least",
    tag: tags.epoch("valAccuracy"),
  };
}

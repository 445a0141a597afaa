/**
 * The training loss falls, and so does the training accuracy: what is minimised is not what is wanted.
 *
 * Alarm when over at least 8 epochs the ranks of loss and accuracy correlate by 0.5 or more (Spearman; TheDeepChecker, TOSEM
 * 2023, asks for a correlation, which should be near −1), the loss fell by at least 5 %, and the accuracy
 * by at least 0.03 and 3 standard errors from the first third of the epochs to the last: warning. Of one split, since on
 * another both rise together where a model is sure of its mistakes. Healthy runs correlate by less than −0.3, or their
 * accuracy does not fall.
 */
import { tags } from "../../base/tags.js";
import { fitChange } from "../codeLine.js";
import { trainSize } from "../curves.js";
import type { Rule } from "../rule.js";
import { mean, ranks } from "../statistics.js";
import { leastErrors, leastSwing } from "../swings.js";
import { healthy, notEnough } from "../verdict.js";

export const correlationThreshold = 0.5;
const leastEpochs = 8;
const leastFall = 0.05;

export const metricLossDisagreement: Rule = {
  problem: "MetricLossDisagreement",
  judge(run) {
    const [losses, accuracies] = [run.epochs("loss"), run.epochs("accuracy")];
    const length = Math.min(losses.length, accuracies.length);
    if (length < leastEpochs) return notEnough(`loss and accuracy of at least ${leastEpochs} epochs`);
    const [loss, accuracy] = [losses.slice(-length), accuracies.slice(-length)];
    if (![...loss, ...accuracy].every(Number.isFinite)) return notEnough("finite losses and accuracies");
    const size = trainSize(run);
    if (size === undefined) return notEnough("the number of rows that the accuracy is of");
    const third = Math.floor(length / 3);
    const before = mean(accuracy.slice(0, third));
    const fall = before - mean(accuracy.slice(-third));
    const first = mean(loss.slice(0, third));
    const threshold = Math.max(leastSwing, leastErrors * Math.sqrt((before * (1 - before)) / size));
    const correlation = correlationOf(ranks(loss), ranks(accuracy));
    const isFalling = first - mean(loss.slice(-third)) >= leastFall * Math.abs(first);
    if (!isFalling || !(fall >= threshold) || !(correlation >= correlationThreshold)) return healthy;
    return {
      kind: "verdict",
      verdict: {
        problem: "MetricLossDisagreement",
        severity: "warning",
        message: `The training loss falls, and the training accuracy with it, by ${fall.toPrecision(2)}: what is minimised is not what is wanted.`,
        evidence: [
          {
            what: "correlation of the ranks of loss and accuracy",
            value: correlation,
            threshold: correlationThreshold,
            crossed: "at least",
            tag: tags.epoch("loss"),
          },
          {
            what: "fall of the accuracy from the first third of the epochs to the last",
            value: fall,
            threshold,
            crossed: "at least",
            tag: tags.epoch("accuracy"),
          },
        ],
        prescription: [
          {
            text: "Take the loss that belongs to the output: cross-entropy behind a softmax",
            ...fitChange(run, { loss: "crossEntropy" }),
          },
          {
            text: "Look at a loss of your own: its sign, its weights, and that it compares the right columns",
          },
        ],
      },
    };
  },
};

function correlationOf(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  a.forEach((value, i) => {
    const [x, y] = [value - meanA, (b[i] as number) - meanB];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  });
  return product / Math.sqrt(squareA * squareB);
}

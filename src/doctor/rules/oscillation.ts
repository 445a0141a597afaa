/**
 * The accuracy goes up and down from epoch to epoch.
 *
 * Alarm when at least 20 % of the changes from epoch to epoch, and 4 at least, are swings: changes against the direction of
 * the last swing of at least 0.03 (AUTOTRAINER, ICSE 2021) and of at least 3 standard errors √(p(1−p)/n) of an accuracy p
 * of n rows. Without the second a healthy run that ends at 0.8 on 300 rows, where an error is 0.023, has swings in 22 %
 * of its epochs. Without an accuracy: the loss of an epoch, by half or more and by at least a twentieth of the loss before
 * training. Changes as the schedule raises the rate, as warm restarts do, do not count. Needs 8 epochs and the number
 * of rows, or accuracies that are shares of one. Warning; error where the run learns badly.
 *
 * An accuracy of validation counts where the training loss rises in 20 % of the epochs, too: where that falls evenly, rows of
 * two classes that look alike, or that are labelled wrongly, change sides. An accuracy is arbitrary, and not judged, where the median loss of the later half is that of guessing, but for a tenth:
 * any line tells some rows apart.
 *
 * Healthy runs have at most 9 % of swings; small validation sets only have large errors.
 */
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { fitChange } from "../codeLine.js";
import { batchSizeOf, guessingLoss } from "../curves.js";
import { changedRate } from "../rateChange.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { median } from "../statistics.js";
import { type Swings, swingsOf } from "../swings.js";
import { type Evidence, healthy, notEnough, type Prescription } from "../verdict.js";

export const swingShare = 0.2;
const leastSwings = 4;
const leastEpochs = 8;

export const oscillation: Rule = {
  problem: "Oscillation",
  judge(run) {
    if (Math.max(run.epochs("loss").length, run.epochs("valAccuracy").length) < leastEpochs)
      return notEnough(`at least ${leastEpochs} epochs`);
    const swings = swingsOf(run);
    if (!swings) return notEnough("finite accuracies with the number of rows they are of, or a loss above 0");
    if (swings.share < swingShare || swings.count < leastSwings) return healthy;
    if (isGuessing(run) || !isUneven(run)) return healthy;
    return {
      kind: "verdict",
      verdict: {
        problem: "Oscillation",
        severity: accuracyGate(run).learns === "badly" ? "error" : "warning",
        message: `${swings.metric} swings up and down ${swings.count} times, by up to ${swings.largest.toPrecision(2)}, where chance explains less than ${swings.threshold.toPrecision(2)}.`,
        epoch: swings.epoch,
        evidence: evidence(swings),
        prescription: prescriptions(run),
      },
    };
  },
};

function isGuessing(run: RunView): boolean {
  const [guess, losses] = [guessingLoss(run), run.epochs("loss")];
  const later = median(losses.slice(losses.length >> 1));
  return guess !== undefined && later > 0.9 * guess && later < 1.1 * guess;
}

/** Where the training loss is known. */
function isUneven(run: RunView): boolean {
  const losses = run.epochs("loss");
  const rises = losses.filter((loss, i) => i > 0 && loss > (losses[i - 1] as number)).length;
  return losses.length < 2 || rises >= swingShare * (losses.length - 1);
}

function evidence({ metric, share, threshold, largest }: Swings): Evidence[] {
  const tag = tags.epoch(metric);
  return [
    {
      what: `share of the epochs in which ${metric} swings`,
      value: 100 * share,
      threshold: 100 * swingShare,
      crossed: "at least",
      unit: " %",
      tag,
    },
    { what: `largest swing of ${metric}`, value: largest, threshold, crossed: "at least", tag },
  ];
}

/** The tuning texts' order: rate, batch, data; a batch of k times as many rows bears √k times the rate. */
function prescriptions(run: RunView): Prescription[] {
  const batch = batchSizeOf(run);
  const larger = Math.max(32, Math.min(256, 4 * batch));
  const rate = run.learningRate;
  const learningRate =
    rate === undefined ? undefined : Number((rate * 0.2 * Math.sqrt(larger / batch)).toPrecision(2));
  return [
    changedRate(run, { factor: 0.2, why: "Lower the learning rate" }),
    {
      text: `A larger batch, ${batch} → ${larger}, whose gradients have less noise`,
      ...fitChange(run, { batchSize: larger, ...(learningRate !== undefined && { learningRate }) }),
    },
    {
      text: "Let the rate fall when the loss stays: schedules.reduceOnPlateau({ factor: 0.2, patience: 5 })",
    },
    { text: "Bring the inputs to mean 0 and deviation 1, where they are not" },
  ];
}

/**
 * A batch of so few rows that the noise of its gradients, at this rate, keeps the weights from settling.
 *
 * Alarm when an update is of at most 4 rows and the run does not settle: the loss of 32 rows is thrown above twice its
 * beginning, the loss ends at twice its minimum, the accuracy swings (Oscillation), a layer
 * that had a gradient at first gets none any more in a run that learns badly (`diedGradient`), or the last quarter's losses are no lower
 * than the second's though steps differ by more than their mean while updates are large (0.03 of the weights). Error where
 * the run learns badly, else warning. Needs the batch size and losses of 100 steps. A batch of one with a rate that suits
 * it is healthy: none of this happens there.
 */
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { fitChange } from "../codeLine.js";
import { diedGradient, lostProgress, thrownLoss } from "../instability.js";
import { changedRate } from "../rateChange.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { mean } from "../statistics.js";
import { swingsOf } from "../swings.js";
import { largestEarlyUpdate } from "../updates.js";
import { type Evidence, healthy, notEnough, type Prescription } from "../verdict.js";
import { swingShare } from "./oscillation.js";

export const mostRows = 4;
export const updateThreshold = 0.03;
const enough = 32;
const leastSteps = 100;

export const batchTooSmall: Rule = {
  problem: "BatchTooSmall",
  judge(run) {
    const { batchSize, accumulate = 1 } = run.run.record.config;
    if (typeof batchSize !== "number") return notEnough("the batch size");
    const rows = batchSize * Number(accumulate);
    if (rows > mostRows) return healthy;
    const losses = run.series(tags.train("loss"))?.values;
    if (!losses || losses.length < leastSteps) return notEnough(`the loss of at least ${leastSteps} steps`);
    const sign = unsettled(run, [...losses]);
    if (!sign) return healthy;
    return {
      kind: "verdict",
      verdict: {
        problem: "BatchTooSmall",
        severity: accuracyGate(run).learns === "badly" ? "error" : "warning",
        message: `A batch of ${rows === 1 ? "one row" : `${rows} rows`} is too small for this rate: its gradients are so noisy that the weights do not settle.`,
        evidence: [
          { what: "rows of an update", value: rows, threshold: mostRows + 1, crossed: "below" },
          sign,
        ],
        prescription: prescriptions(run, rows),
      },
    };
  },
};

function unsettled(run: RunView, losses: readonly number[]): Evidence | undefined {
  const died = accuracyGate(run).learns === "badly" ? diedGradient(run) : undefined;
  const sign = thrownLoss(run) ?? lostProgress(run) ?? died;
  if (sign) return sign.evidence;
  const swings = swingsOf(run);
  if (swings && swings.share >= swingShare)
    return {
      what: `share of the epochs in which ${swings.metric} swings`,
      value: 100 * swings.share,
      threshold: 100 * swingShare,
      crossed: "at least",
      unit: " %",
      tag: tags.epoch(swings.metric),
    };
  const isLarge = (largestEarlyUpdate(run) ?? 0) >= updateThreshold;
  return isLarge ? noisyStall(losses.filter(Number.isFinite)) : undefined;
}

/** The losses of the last quarter beside those of the second, and how far steps differ. */
function noisyStall(losses: readonly number[]): Evidence | undefined {
  const quarter = losses.length >> 2;
  const [second, last] = [losses.slice(quarter, 2 * quarter), losses.slice(-quarter)];
  const average = mean(last);
  const spread = Math.sqrt(mean(last.map((loss) => (loss - average) ** 2)));
  if (!(average >= mean(second)) || !(spread > average)) return undefined;
  return {
    what: "deviation of the steps' losses / their mean, while the mean falls no more",
    value: spread / average,
    threshold: 1,
    crossed: "above",
    tag: tags.train("loss"),
  };
}

/** Batch × k bears rate × √k, or a smaller rate with the batch as it is. */
function prescriptions(run: RunView, rows: number): Prescription[] {
  const { batchSize } = run.run.record.config;
  const k = enough / rows;
  return [
    {
      text: `A batch of ${enough} rows: the noise of its gradients is ${Math.round(Math.sqrt(k))} times less`,
      ...fitChange(run, { batchSize: enough }),
    },
    changedRate(run, {
      factor: 1 / Math.round(Math.sqrt(k)),
      why: `Or keep the batch of ${batchSize} and lower the rate by √${k}`,
    }),
    { text: `Or add the gradients of ${k} batches up`, ...fitChange(run, { accumulate: k }) },
  ];
}

/**
 * The training loss falls, then rises again for good.
 *
 * Alarm when the lowest loss of the last epochs (3, and a tenth of all) is at least twice the minimum before them
 * (TheDeepChecker, TOSEM 2023), and at least a tenth of the fall is lost (`lostProgress`): warning, error where the run
 * learns badly. Needs the loss of 5 epochs. Healthy runs whose loss ends near 0 double it at times, within a hundredth of
 * their fall; where a schedule raised the rate, as warm restarts do, the loss must be back where it began.
 */
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { fitChange } from "../codeLine.js";
import { lostProgress } from "../instability.js";
import { changedRate } from "../rateChange.js";
import type { Rule } from "../rule.js";
import { healthy, notEnough } from "../verdict.js";

const leastEpochs = 5;

export const diverging: Rule = {
  problem: "Diverging",
  judge(run) {
    const losses = run.epochs("loss");
    if (losses.length < leastEpochs) return notEnough(`the loss of at least ${leastEpochs} epochs`);
    if (!losses.some(Number.isFinite)) return notEnough("finite losses");
    const sign = lostProgress(run);
    if (!sign) return healthy;
    return {
      kind: "verdict",
      verdict: {
        problem: "Diverging",
        severity: accuracyGate(run).learns === "badly" ? "error" : "warning",
        message: `The training loss has its minimum in epoch ${sign.epoch} and rises to ${shortNumber(sign.evidence.value, 2)} times that: what was learned is lost.`,
        ...(sign.epoch !== undefined && { epoch: sign.epoch }),
        evidence: [{ ...sign.evidence, tag: tags.epoch("loss") }],
        prescription: [
          changedRate(run, { factor: 0.5, why: "Lower the learning rate" }),
          { text: "Clip the gradients to a global norm of 1", ...fitChange(run, { clipNorm: 1 }) },
          { text: "Let the rate fall towards the end: schedules.cosine, or schedules.reduceOnPlateau" },
        ],
      },
    };
  },
};

/**
 * A penalty or dropout holds the model back.
 *
 * Alarm in a run that learns badly (`accuracyGate`), where
 *  - an L1 or L2 penalty of at least 1e-3 has shrunk a kernel to a quarter of what it was at first, or less; or
 *  - a layer drops more than half of its outputs (UMLAUT, CHI 2021), and validation, where nothing is dropped, is no worse
 *    than training.
 * Warning, listed under Underfit where that is found too. Strong dropout in a run that learns is silent, as it is there for
 * that; so are penalties. Needs the model's record, and losses of 3 epochs.
 */
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { restraintsOf } from "../restraints.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { mean } from "../statistics.js";
import { healthy, notEnough } from "../verdict.js";

const leastEpochs = 3;

export const tooStrongRegularization: Rule = {
  problem: "TooStrongRegularization",
  judge(run) {
    if (run.epochs("loss").length < leastEpochs)
      return notEnough(`the loss of at least ${leastEpochs} epochs`);
    if (!run.run.record.model) return notEnough("what the model is made of");
    const gate = accuracyGate(run);
    if (gate.learns === "well") return healthy;
    const found = restraintsOf(run).find(
      ({ kind }) => kind === "penalty" || (kind === "dropout" && isBetterWithout(run)),
    );
    if (!found) return healthy;
    return {
      kind: "verdict",
      verdict: {
        problem: "TooStrongRegularization",
        severity: "warning",
        message: `The regularisation is too strong: the model ${found.what}, and learns badly.`,
        evidence: [
          found.evidence,
          ...gate.evidence.map((one) => ({ ...one, tag: one.tag ?? tags.epoch("loss") })),
        ],
        prescription: found.prescription,
      },
    };
  },
};

function isBetterWithout(run: RunView): boolean {
  const last = (metric: string) => mean(run.epochs(metric).slice(-leastEpochs));
  const [train, val] = [last("accuracy"), last("valAccuracy")];
  return Number.isFinite(train - val) ? val >= train : last("valLoss") <= last("loss");
}

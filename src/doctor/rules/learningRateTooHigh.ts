/**
 * Steps are so large that they throw the weights about.
 *
 * Alarm when the updates are large, and the run shows it:
 *  - the largest ‖update‖ / ‖weight‖ of the first quarter of sampled steps (geometric mean over the kernels) is at least
 *    0.05: half of the 0.1 that TheDeepChecker (TOSEM 2023) and DeepDiagnosis (ICSE 2022) bear at a time; Karpathy's usual
 *    value is 0.001; 0.02 where a whole epoch's loss is above twice that before training; and
 *  - the loss of 32 rows rose above twice what it was before training, and above twice that of guessing (`thrownLoss`); or
 *    it ended at twice its minimum or more (`lostProgress`); or, where updates are above 0.1 and the run learns badly, a
 *    layer gets no gradient any more that had one at first (`diedGradient`), or lies in flat ends that had a slope
 *    (`flattenedOutputs`): the first steps killed its units.
 * A log without update ratios must show the first two of these, or steps' losses of 4 times what
 * it was before training, or a whole epoch's of twice that. A loss that is above 5 times that of guessing before
 * the first update is the beginning's fault, not the rate's. Error where the run learns badly (`accuracyGate`), else warning;
 * a remark where nothing but the first epoch was thrown, and a run that learns well keeps what it reaches (`isThrowMadeGood`).
 *
 * Healthy runs: updates of at most 0.053 at SGD with momentum, 0.061 at RMSProp's first steps; losses of at most 1.5 times
 * the first, but for first epochs of RMSProp (5.4 at an update of 0.10). Batches of one row throw single losses, not those of
 * 32 rows. A warm restart raises the rate for a while only.
 */
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { fitChange } from "../codeLine.js";
import { batchSizeOf, guessingLoss, lossAtStart } from "../curves.js";
import {
  diedGradient,
  flattenedOutputs,
  isThrowMadeGood,
  lostProgress,
  type Sign,
  thrownLoss,
  timesThreshold,
} from "../instability.js";
import { changedRate, startingRate } from "../rateChange.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { largestEarlyUpdate } from "../updates.js";
import { type Evidence, healthy, type Judgement, notEnough, type Prescription } from "../verdict.js";

export const updateThreshold = 0.05;
/** Where a whole epoch was thrown: what was thrown into flat ends moves no more, and momentum had not grown at the first step. */
export const updateThresholdThrown = 0.02;
export const killThreshold = 0.1;
/** Times the loss of guessing. */
export const beginThreshold = 5;
/** Rise of the loss that tells without update ratios. */
export const timesAlone = 4;
const leastLosses = 5;

export const learningRateTooHigh: Rule = {
  problem: "LearningRateTooHigh",
  judge(run) {
    const steps = run.series(tags.train("loss"))?.values.length ?? 0;
    if (steps < leastLosses && run.epochs("loss").length < leastLosses)
      return notEnough(`the loss of at least ${leastLosses} steps or epochs`);
    if (beginsThrown(run)) return healthy;
    const update = largestEarlyUpdate(run);
    const signs = signsOf(run, update);
    if (update === undefined) return isSure(run, signs) ? verdict(run, signs) : notEnough("update ratios");
    const threshold = isThrownLong(run) ? updateThresholdThrown : updateThreshold;
    if (update < threshold || signs.length === 0) return healthy;
    return verdict(run, signs, updateEvidence(run, { value: update, threshold }));
  },
};

function beginsThrown(run: RunView): boolean {
  return (lossAtStart(run) ?? 0) > beginThreshold * (guessingLoss(run) ?? Number.POSITIVE_INFINITY);
}

function signsOf(run: RunView, update: number | undefined): Sign[] {
  const isKilling = update !== undefined && update >= killThreshold && accuracyGate(run).learns === "badly";
  const signs = [
    thrownLoss(run),
    lostProgress(run),
    isKilling ? (diedGradient(run) ?? flattenedOutputs(run)) : undefined,
  ];
  return signs.filter((sign) => sign !== undefined);
}

/** Without update ratios. */
function isSure(run: RunView, signs: readonly Sign[]): boolean {
  const thrown = thrownLoss(run);
  if (!thrown) return false;
  return signs.length === 2 || isThrownLong(run) || thrown.evidence.value >= timesAlone;
}

/** The mean of a whole epoch is above twice the loss before training. */
function isThrownLong(run: RunView): boolean {
  const start = lossAtStart(run);
  return start !== undefined && start > 0 && run.epochs("loss").some((loss) => loss > timesThreshold * start);
}

function updateEvidence(
  run: RunView,
  { value, threshold }: { readonly value: number; readonly threshold: number },
): Evidence {
  const [first] = run.layers;
  return {
    what: "largest ‖update‖ / ‖weight‖ of the first quarter of sampled steps, geometric mean over the layers",
    value,
    threshold,
    crossed: "at least",
    ...(first && { tag: tags.updateRatio(first.weight) }),
  };
}

function verdict(run: RunView, signs: readonly Sign[], update?: Evidence): Judgement {
  const gate = accuracyGate(run);
  const [first] = signs as [Sign];
  const rate = run.learningRate;
  const isMadeGood = gate.learns === "well" && signs.length === 1 && isThrowMadeGood(run);
  const which = rate === undefined ? "The learning rate" : `The learning rate of ${shortNumber(rate)}`;
  return {
    kind: "verdict",
    verdict: {
      problem: "LearningRateTooHigh",
      severity: gate.learns === "badly" ? "error" : isMadeGood ? "info" : "warning",
      message: isMadeGood
        ? `${which} is high for the first steps: ${first.effect}, which the first epoch makes good.`
        : `${which} is too high: ${first.effect}.`,
      ...(first.step !== undefined && { step: first.step }),
      ...(first.epoch !== undefined && { epoch: first.epoch }),
      evidence: [...(update ? [update] : []), ...signs.map(({ evidence }) => evidence)],
      prescription: isMadeGood ? [warmUp, ...prescriptions(run)] : [...prescriptions(run), warmUp],
    },
  };
}

const warmUp: Prescription = {
  text: "Let the rate rise over the first steps: schedules.warmUp, or find its range by lrFinder",
};

/** The tuning texts' first: the rate; by its usual value where it is far above, else halved as their 0.01 → 0.005. */
function prescriptions(run: RunView): Prescription[] {
  const rate = run.learningRate;
  const usual = startingRate(run);
  const factor = rate !== undefined && rate > 4 * usual ? usual / rate : 0.5;
  const batch = batchSizeOf(run);
  const larger =
    batch < 32
      ? [
          {
            text: `A batch of 32 instead of ${batch}: its gradients have less noise`,
            ...fitChange(run, { batchSize: 32 }),
          },
        ]
      : [];
  return [
    changedRate(run, { factor, why: "Lower the learning rate" }),
    ...larger,
    { text: "Clip the gradients to a global norm of 1", ...fitChange(run, { clipNorm: 1 }) },
  ];
}

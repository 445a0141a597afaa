/**
 * Steps are so small that the weights stay about where they began.
 *
 * Alarm, in a run that learns badly, when
 *  - all kernels together can have gone less than a tenth of their joint length in the whole training (`jointTravel`; where the
 *    norms of weights were not logged, the kernel that moves most of its own length), while the gradient of the one that moves most
 *    is there: ‖g‖ of at least a thousandth of the weights (where it is next to nothing, units are dead or the gradient vanished). This asks for no absolute rate: what is slow depends on the
 *    number of steps, and a usual ratio of 0.001 (Karpathy; TheDeepChecker's least is 1e-4) goes that way in 100. A rate of
 *    more than a tenth of what is usual (Adam 0.001, descent 0.01) is not low: the weights are too large for it; or
 *  - a log without update ratios: the loss falls in at least 80 % of the epochs, by less than a fifth in all, and in the
 *    second half as quickly as in the first (half as much at least), as the tuning texts' slow steady fall.
 * Error by the first, warning by the second. Needs 3 epochs, or 8 by the second. Healthy runs go at least 0.39
 * joint lengths, and fall mostly in the first half.
 */
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { fitChange } from "../codeLine.js";
import { startingRate, usualRate } from "../rateChange.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { farthestTravel, jointTravel, relativeGradient } from "../updates.js";
import { type Evidence, healthy, type Judgement, notEnough, type Prescription } from "../verdict.js";

export const travelThreshold = 0.1;
export const gradientThreshold = 1e-3;
export const fallingShare = 0.8;
export const fallThreshold = 0.2;
const leastEpochs = 3;
const leastEpochsOfCurve = 8;

export const learningRateTooLow: Rule = {
  problem: "LearningRateTooLow",
  judge(run) {
    const losses = run.epochs("loss");
    if (losses.length < leastEpochs) return notEnough(`the loss of at least ${leastEpochs} epochs`);
    if (!losses.every(Number.isFinite)) return notEnough("finite losses");
    if (run.run.record.resumed > 0) return notEnough("the run's beginning (it was resumed)");
    const travel = farthestTravel(run);
    const gate = accuracyGate(run);
    if (!travel) return byCurve(run, losses);
    const joint = jointTravel(run);
    const way = joint ?? travel.length;
    if (gate.learns !== "badly" || way >= travelThreshold || isUsual(run)) return healthy;
    if (!(way > 0)) return healthy;
    const gradient = relativeGradient(run, travel.weight);
    if (gradient === undefined) return notEnough("gradient norms beside the update ratios");
    if (!(gradient >= gradientThreshold)) return healthy;
    const { weight } = travel;
    const evidence: Evidence[] = [
      {
        what:
          joint === undefined
            ? `way of ${weight} in the whole training, in its own length at most (of all layers the longest)`
            : "way of all kernels together in the whole training, in their joint length at most",
        value: way,
        threshold: travelThreshold,
        crossed: "below",
        tag: tags.updateRatio(weight),
      },
      {
        what: `median ‖g‖ / ‖weight‖ of ${weight}: the gradient is there`,
        value: gradient,
        threshold: gradientThreshold,
        crossed: "at least",
        tag: tags.gradientL2(weight),
      },
      ...gate.evidence,
    ];
    const message = `${rateText(run)} is too low: its steps can have moved the weights by ${shortNumber(100 * way, 2)} % of their length at most in the whole training.`;
    return verdict(run, { severity: "error", message, evidence, factor: travelFactor(run, way) });
  },
};

function isUsual(run: RunView): boolean {
  return run.learningRate !== undefined && run.learningRate > 0.1 * usualRate(run);
}

function byCurve(run: RunView, losses: readonly number[]): Judgement {
  if (losses.length < leastEpochsOfCurve)
    return notEnough(`update ratios, or the loss of at least ${leastEpochsOfCurve} epochs`);
  if (
    accuracyGate(run).learns === "well" &&
    run.epochs("accuracy").length + run.epochs("valAccuracy").length > 0
  )
    return notEnough("update ratios");
  const [first, last] = [losses[0] as number, losses.at(-1) as number];
  const middle = losses[losses.length >> 1] as number;
  const falling =
    losses.filter((loss, i) => i > 0 && loss < (losses[i - 1] as number)).length / (losses.length - 1);
  const fall = (first - last) / Math.abs(first);
  const isSteady = falling >= fallingShare && middle - last >= (first - middle) / 2;
  if (!isSteady || !(fall > 0) || fall >= fallThreshold) return notEnough("update ratios");
  const tag = tags.epoch("loss");
  return verdict(run, {
    severity: "warning",
    message: `The loss falls steadily, but so slowly that ${losses.length} epochs took it from ${shortNumber(first, 3)} to ${shortNumber(last, 3)}: the rate may be too low.`,
    evidence: [
      {
        what: "share of the epochs in which the loss falls",
        value: 100 * falling,
        threshold: 100 * fallingShare,
        crossed: "at least",
        unit: " %",
        tag,
      },
      {
        what: "fall of the loss since the first epoch",
        value: 100 * fall,
        threshold: 100 * fallThreshold,
        crossed: "below",
        unit: " %",
        tag,
      },
    ],
    factor: 10,
  });
}

function verdict(
  run: RunView,
  found: {
    readonly severity: "error" | "warning";
    readonly message: string;
    readonly evidence: readonly Evidence[];
    readonly factor: number;
  },
): Judgement {
  const { factor, ...said } = found;
  return {
    kind: "verdict",
    verdict: {
      problem: "LearningRateTooLow",
      ...said,
      epoch: 1,
      prescription: prescriptions(run, factor),
    },
  };
}

function rateText({ learningRate }: RunView): string {
  return learningRate === undefined
    ? "The learning rate"
    : `The learning rate of ${shortNumber(learningRate)}`;
}

/** To a way of one length and beyond; by tens. */
function travelFactor(run: RunView, length: number): number {
  const rate = run.learningRate;
  const factor = 10 ** Math.max(1, Math.ceil(-Math.log10(Math.max(length, 1e-12))));
  return rate === undefined ? factor : Math.max(10, Math.min(factor, Math.max(usualRate(run) / rate, 10)));
}

/** So many times below the usual rate that single steps of ten lead nowhere. */
const farOff = 100;

function prescriptions(run: RunView, factor: number): Prescription[] {
  const rate = run.learningRate;
  const text = "Raise the learning rate";
  const start = startingRate(run);
  const isFarOff = rate === undefined || rate < usualRate(run) / farOff;
  const learningRate = isFarOff ? start : Number((rate * factor).toPrecision(2));
  const epochs = run.run.record.config.epochs;
  const from = rate === undefined ? "" : `, ${shortNumber(rate)} → ${shortNumber(learningRate)}`;
  return [
    { text: `${text}${from}`, ...fitChange(run, { learningRate }) },
    { text: "Let lrFinder look for the range in which the loss falls" },
    ...(typeof epochs === "number" && factor <= 10
      ? [{ text: "Or train longer at this rate", ...fitChange(run, { epochs: 4 * epochs }) }]
      : []),
  ];
}

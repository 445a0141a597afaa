/** Signs that steps are too large: the loss thrown far above where it began, or what was learned undone again. */
import { shortNumber } from "../base/table.js";
import { tags } from "../base/tags.js";
import { batchSizeOf, epochsOfRise, lossAtStart, lossWindows, rateAtEndOf, trainSize } from "./curves.js";
import { hiddenOutputs } from "./layerOutputs.js";
import type { RunView } from "./runView.js";
import { mean } from "./statistics.js";
import type { Evidence } from "./verdict.js";

/** TheDeepChecker (TOSEM 2023): a loss of twice its minimum diverges. */
export const timesThreshold = 2;
const leastEpochs = 5;
/** Share of the fall until the minimum that must be lost again: twice a loss near 0 is nothing. */
export const lostShare = 0.1;
/** Of a layer's outputs, at the first sampled step and later. */
export const saturatedShare = { before: 0.5, after: 0.7 };

export interface Sign {
  /** A clause of what the run does. */
  readonly effect: string;
  readonly evidence: Evidence;
  readonly step?: number;
  readonly epoch?: number;
}

/** The loss of some rows (`lossWindows`), or of an epoch, is above twice what it was before training. */
export function thrownLoss(run: RunView): Sign | undefined {
  const start = lossAtStart(run);
  if (start === undefined || !(start > 0)) return undefined;
  const windows = lossWindows(run);
  const losses = [...windows.map(({ loss }) => loss), ...finite(run.epochs("loss"))];
  const highest = losses.reduce((most, loss) => Math.max(most, loss), 0);
  if (!(highest > timesThreshold * start)) return undefined;
  const at = windows.find(({ loss }) => loss > timesThreshold * start);
  return {
    effect: `the loss jumps to ${shortNumber(highest / start, 2)} times what it was before training`,
    ...(at
      ? { step: at.step }
      : { epoch: run.epochs("loss").findIndex((loss) => loss > timesThreshold * start) + 1 }),
    evidence: {
      what: "highest loss of some steps or an epoch / the loss before training",
      value: highest / start,
      threshold: timesThreshold,
      crossed: "above",
      unit: "×",
      tag: windows.length > 0 ? tags.train("loss") : tags.epoch("loss"),
    },
  };
}

/** Above the least that a run reached, as a factor and as a share of the loss before training, its end may lie. */
const heldEnd = { factor: 1.1, ofStart: 0.02 };
/** Epochs of which the end is the mean. */
const endEpochs = 3;

/**
 * Whether a throw did no lasting harm: nothing was thrown behind the first epoch, and the losses of training and validation
 * end below the loss before training and at their least (validation of healthy nets ends at 1.1 times it at most). RMSProp's
 * first steps are 1 / √(1 − ρ) ≈ 3 times its later ones, and Adam's go by the sign of one gradient.
 */
export function isThrowMadeGood(run: RunView): boolean {
  const start = lossAtStart(run);
  const rows = trainSize(run);
  const epochs = run.epochs("loss");
  if (start === undefined || rows === undefined || epochs.length === 0) return false;
  const stepsOfFirst = Math.ceil(rows / batchSizeOf(run));
  const isThrown = (loss: number) => !(loss <= timesThreshold * start);
  const later = lossWindows(run).filter(({ step }) => step >= stepsOfFirst);
  if (later.some(({ loss }) => isThrown(loss)) || epochs.slice(1).some(isThrown)) return false;
  return [epochs, run.epochs("valLoss")].every((losses) => losses.length === 0 || isHeld(losses, start));
}

/** Behind the first epoch, whose mean holds the throw; that one alone where there is no other. */
function isHeld(losses: readonly number[], start: number): boolean {
  const after = losses.length > 1 ? losses.slice(1) : losses;
  const end = mean(after.slice(-endEpochs));
  return end < start && end <= heldEnd.factor * Math.min(...after) + heldEnd.ofStart * start;
}

/**
 * The training loss ends at twice its minimum or more, for at least 3 epochs and a tenth of all, and has lost at least a
 * tenth of its fall. Where the schedule raised the rate meanwhile, the loss must be back where it began.
 */
export function lostProgress(run: RunView): Sign | undefined {
  const losses = finite(run.epochs("loss"));
  if (losses.length < leastEpochs) return undefined;
  const lowest = Math.min(...losses);
  const best = losses.indexOf(lowest) + 1;
  const sustained = Math.max(3, Math.ceil(losses.length / 10));
  const end = Math.min(...losses.slice(-sustained));
  const start = Math.max(lossAtStart(run) ?? 0, losses[0] as number);
  if (!(lowest > 0) || losses.length - best < sustained || end < timesThreshold * lowest) return undefined;
  if (end - lowest < lostShare * (start - lowest)) return undefined;
  if (isRaised(run, best) && end < start) return undefined;
  return {
    effect: `the loss ends at ${shortNumber(end / lowest, 2)} times its minimum`,
    epoch: best,
    evidence: {
      what: `lowest loss of the last ${sustained} epochs / its minimum (epoch ${best})`,
      value: end / lowest,
      threshold: timesThreshold,
      crossed: "at least",
      unit: "×",
      tag: tags.epoch("loss"),
    },
  };
}

/** Whether the schedule's rate rose behind this epoch, as it does at a warm restart. */
function isRaised(run: RunView, epoch: number): boolean {
  const [then, now] = [rateAtEndOf(run, epoch), rateAtEndOf(run, run.epochs("loss").length)];
  if (then !== undefined && now !== undefined && now > 1.2 * then) return true;
  return [...epochsOfRise(run)].some((risen) => risen > epoch);
}

/** Gradients that were there at the first sampled step, and on half of those after it at least are exactly 0. */
export function diedGradient({ layers }: RunView): Sign | undefined {
  if (layers.length === 0 || !layers.every(({ l2 }) => (l2[0] as number) > 0)) return undefined;
  for (const { layer, weight, l2, steps } of layers) {
    const after = l2.slice(1);
    const share = after.filter((norm) => norm === 0).length / after.length;
    if (after.length < 3 || share < 0.5) continue;
    return {
      effect: `the first steps leave ${layer} without a gradient`,
      step: steps[l2.indexOf(0)] as number,
      evidence: {
        what: `share of the sampled steps after the first on which ${layer} gets no gradient any more`,
        value: 100 * share,
        threshold: 50,
        crossed: "at least",
        unit: " %",
        tag: tags.gradientL2(weight),
      },
    };
  }
  return undefined;
}

/**
 * A hidden layer with a slope at the first sampled step: at most half of its outputs lay in flat ends (SageMaker Debugger's bound).
 * On half of the steps after it at least, seven tenths do, which `saturatedActivation` calls saturated.
 */
export function flattenedOutputs(run: RunView): Sign | undefined {
  const layers = hiddenOutputs(run, tags.activationSaturated, (activation) => activation !== undefined);
  for (const { layer, values, steps, tag } of layers) {
    const [first, ...after] = values;
    const flat = after.filter((share) => share >= saturatedShare.after);
    if (after.length < 3 || !((first as number) <= saturatedShare.before) || 2 * flat.length < after.length)
      continue;
    return {
      effect: `the first steps throw the outputs of ${layer} into the flat ends of its activation`,
      step: steps[values.indexOf(flat[0] as number)] as number,
      evidence: {
        what: `share of the sampled steps after the first on which ${layer} is saturated`,
        value: (100 * flat.length) / after.length,
        threshold: 50,
        crossed: "at least",
        unit: " %",
        tag,
      },
    };
  }
  return undefined;
}

function finite(values: readonly number[]): number[] {
  return values.filter(Number.isFinite);
}

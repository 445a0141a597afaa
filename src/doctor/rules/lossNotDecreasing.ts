/**
 * The loss stays where it was.
 *
 * Alarm when the best epoch's loss is less than 5 % below the first loss (TheDeepChecker, TOSEM 2023: "falls
 * less than 5 % per period"; DeepDiagnosis: unchanged for 5 epochs) and the accuracy is below 0.7 or unknown
 * (AUTOTRAINER's gate: a resumed or fine-tuned run begins where there is little left to gain).
 * The first loss is the lower of the first steps' mean and the first epoch's, since a wild first epoch would make
 * what comes after look like progress; where no accuracy is known, the higher, to be on the safe side.
 *
 * Also where it falls on the training rows alone: no epoch answered to validation better than naming the most frequent class
 * would, to 3 standard errors, nor had a cross-entropy 5 % below that of the classes' shares, of 5 epochs or more, and the training
 * rows are known better than that (`guessing.ts`). What is learnt then is
 * known by heart, as of shuffled labels (Zhang et al., ICLR 2017). Needs `data.json`.
 */
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { lowAccuracy } from "../accuracyGate.js";
import { fitChange, hiddenUnits, modelChange } from "../codeLine.js";
import { type Guess, guessOf, neverBeyondGuessing } from "../guessing.js";
import type { Rule } from "../rule.js";
import type { RunView } from "../runView.js";
import { mean, median } from "../statistics.js";
import { type Evidence, healthy, type Judgement, notEnough, type Prescription } from "../verdict.js";

export const fallThreshold = 0.05;
const leastEpochs = 3;
const firstSteps = 3;
const overfitOneBatch: Prescription = {
  text: "Try to over-fit one batch: if that fails too, look at labels, loss and output layer",
  code: "fit(model, data.arrays({ x: x.slice(0, 32), y: y.slice(0, 32) }), { epochs: 300, batchSize: 32 })",
};
const labels: Prescription = {
  text: "Check that labels belong to their rows: shuffled ones can only be learnt by heart, and no training mends that",
};
/** Update / weight outside of this is too slow, too fast (TheDeepChecker: 10^-4 to 10^-1). */
const updateRange = { low: 1e-4, high: 1e-1 };
/** About what it is in a run that goes well (Karpathy): below it nothing speaks for a lower rate. */
const usualUpdate = 1e-3;

export const lossNotDecreasing: Rule = {
  problem: "LossNotDecreasing",
  judge(run) {
    const losses = run.epochs("loss");
    if (losses.length < leastEpochs) return notEnough(`the loss of at least ${leastEpochs} epochs`);
    if (!losses.every(Number.isFinite)) return notEnough("finite losses");
    if (run.run.record.resumed > 0) return notEnough("the run's beginning (it was resumed)");
    return staysNearFirst(run, losses) ?? guessesOnValidation(run) ?? healthy;
  },
};

function staysNearFirst(run: RunView, losses: readonly number[]): Judgement | undefined {
  const found = stayOf(run, losses);
  return found && verdict(run, found);
}

/** Whether the training loss never left where it began, in a run whose whole beginning is recorded. */
export function staysAtFirstLoss(run: RunView): boolean {
  const losses = run.epochs("loss");
  const isKnown = losses.length >= leastEpochs && losses.every(Number.isFinite);
  return isKnown && run.run.record.resumed === 0 && stayOf(run, losses) !== undefined;
}

interface Stay {
  readonly fall: number;
  readonly losses: readonly number[];
  readonly first: number;
  readonly accuracy: Accuracy | undefined;
}

function stayOf(run: RunView, losses: readonly number[]): Stay | undefined {
  const accuracy = bestAccuracy(run);
  if (accuracy !== undefined && accuracy.value >= lowAccuracy) return undefined;
  const first = firstLoss(run, accuracy === undefined);
  // A loss that begins at 0 has nowhere to fall from.
  if (first === 0) return undefined;
  const fall = (first - Math.min(...losses)) / Math.abs(first);
  return fall < fallThreshold ? { fall, losses, first, accuracy } : undefined;
}

/** Undefined where something holds on validation, it cannot be told, or the training rows too are but guessed. */
function guessesOnValidation(run: RunView): Judgement | undefined {
  const guess = guessOf(run.data?.record.targets ?? []);
  if (!guess || !knowsItsRows(run, guess)) return undefined;
  const best = neverBeyondGuessing(run.run, guess);
  if (best === undefined) return undefined;
  const [share, reached] = [guess.validation.share, best].map((value) => value.toPrecision(3));
  return {
    kind: "verdict",
    verdict: {
      problem: "LossNotDecreasing",
      severity: "error",
      message: `The loss does not fall on validation: in ${run.epochs("valAccuracy").length} epochs no answers were better than guessing (${reached} right at best, ${share} by the most frequent class).`,
      epoch: 1,
      evidence: [
        {
          what: `best valAccuracy; naming the most frequent class gives ${share}, and 3 standard errors more by chance`,
          value: best,
          threshold: guess.validation.accuracy,
          crossed: "below",
          tag: tags.epoch("valAccuracy"),
        },
      ],
      prescription: [
        labels,
        overfitOneBatch,
        { text: "Inputs that tell more of the classes, or more training rows" },
      ],
    },
  };
}

/** More of the training rows, in the last epochs, than by chance. */
function knowsItsRows(run: RunView, { train }: Guess): boolean {
  return mean(run.epochs("accuracy").slice(-leastEpochs)) > train.accuracy;
}

interface Accuracy {
  readonly metric: string;
  readonly value: number;
}

function bestAccuracy(run: RunView): Accuracy | undefined {
  for (const metric of ["valAccuracy", "accuracy"]) {
    const values = run.epochs(metric).filter(Number.isFinite);
    if (values.length > 0) return { metric, value: Math.max(...values) };
  }
  return undefined;
}

function firstLoss(run: RunView, cautious: boolean): number {
  const epoch = run.epochs("loss")[0]!;
  const steps = Array.from(run.series(tags.train("loss"))?.values.subarray(0, firstSteps) ?? []);
  if (steps.length < firstSteps) return epoch;
  return cautious ? Math.max(epoch, mean(steps)) : Math.min(epoch, mean(steps));
}

function verdict(run: RunView, { fall, losses, first, accuracy }: Stay): Judgement {
  const tag = tags.epoch("loss");
  const evidence: Evidence[] = [
    {
      what: "lowest loss of an epoch, compared with the first loss",
      value: 100 * (1 - fall),
      threshold: 100 * (1 - fallThreshold),
      crossed: "above",
      unit: " %",
      tag,
    },
  ];
  if (accuracy) {
    const { metric, value } = accuracy;
    evidence.push({
      what: `best ${metric}`,
      value,
      threshold: lowAccuracy,
      crossed: "below",
      tag: tags.epoch(metric),
    });
  }
  const update = updateEvidence(run);
  if (update) evidence.push(update);
  return {
    kind: "verdict",
    verdict: {
      problem: "LossNotDecreasing",
      severity: accuracy ? "error" : "warning",
      message: `The loss stays near ${first.toPrecision(3)}: after ${losses.length} epochs the best is ${Math.min(...losses).toPrecision(3)}.`,
      epoch: 1,
      evidence,
      prescription: prescriptions(run, update),
    },
  };
}

/** Over layers and sampled steps; NaN where it was not measured. */
function medianUpdate({ layers, series }: RunView): number {
  const ratios = layers.flatMap(({ weight }) => Array.from(series(tags.updateRatio(weight))?.values ?? []));
  return median(ratios.filter(Number.isFinite));
}

/** The median update / weight, if it is out of range. */
function updateEvidence(run: RunView): Evidence | undefined {
  const { layers } = run;
  const value = medianUpdate(run);
  const what = "‖update‖ / ‖weight‖ of a step, median over layers";
  const tag = layers[0] && tags.updateRatio(layers[0].weight);
  const at = { what, value, ...(tag !== undefined && { tag }) };
  if (value < updateRange.low) return { ...at, threshold: updateRange.low, crossed: "below" };
  if (value > updateRange.high) return { ...at, threshold: updateRange.high, crossed: "above" };
  return undefined;
}

function prescriptions(run: RunView, update: Evidence | undefined): Prescription[] {
  const rate = run.learningRate;
  const change = (factor: number, why: string): Prescription => {
    if (rate === undefined) return { text: why };
    const learningRate = Number((rate * factor).toPrecision(3));
    const text = `${why}, from ${shortNumber(rate)} to ${shortNumber(learningRate)}`;
    return { text, ...fitChange(run, { learningRate }) };
  };
  const raise = change(10, "Raise the learning rate: the steps are too small to get anywhere");
  const lower = change(0.1, "Lower the learning rate: the steps are so large that they undo each other");
  const inRange = medianUpdate(run) < usualUpdate ? [raise] : [lower, raise];
  const rates = update === undefined ? inRange : [update.crossed === "below" ? raise : lower];
  return [
    ...rates,
    overfitOneBatch,
    { text: "Check that inputs lie about 0 to 1 or −1 to 1, and that labels belong to their rows" },
    wider(run),
  ];
}

function wider(run: RunView): Prescription {
  const text = "Give the model more capacity";
  const hidden = hiddenUnits(run)?.map((units) => 2 * units) ?? [256, 128];
  return hidden.length > 0 ? { text, ...modelChange(run, { hidden }) } : { text };
}

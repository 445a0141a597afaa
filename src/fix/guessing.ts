/** Whether a training knows more than how frequent the classes are, and where nothing more can be known. */
import { type Guess, guessOf, hasCrossEntropy, neverBeyondGuessing } from "../doctor/guessing.js";
import type { RunData } from "../track/index.js";
import { epochsOf } from "./epochsOf.js";
import type { Outcome } from "./outcome.js";
import { recordedTargets } from "./recordedTargets.js";
import { taughtLoss } from "./taughtLoss.js";

/** Of the way from guessing to all right: the training rows are known. */
const known = 0.5;
/** Share of the targets' variance below which a squared error is better than guessing. */
const lower = 0.95;

/** Undefined where nothing is validated, and where neither classes nor values by their squared errors are learnt. */
export function beyondGuessing(run: RunData, outcome: Outcome | undefined): boolean | undefined {
  if (outcome?.metric === "valLoss") return beyondMean(run, outcome.value);
  const guess = guessFor(run);
  if (!guess || outcome?.metric !== "valAccuracy") return undefined;
  return (
    outcome.value > guess.validation.accuracy ||
    (hasCrossEntropy(run.record) && (outcome.loss ?? Infinity) < guess.loss)
  );
}

/** Answering the mean of the targets always has a squared error of their variance. */
function beyondMean(run: RunData, error: number): boolean | undefined {
  const { targets } = recordedTargets(run);
  const [target] = targets;
  if (targets.length !== 1 || target?.kind !== "values" || target.columnCount !== 1) return undefined;
  return taughtLoss(run) === "meanSquaredError" ? error < lower * target.all.std ** 2 : undefined;
}

/**
 * Why no change of the training can help: training rows are known by heart, and no epoch answered to others better than by
 * guessing. Undefined where it is not so.
 */
export function nothingToLearn(run: RunData): string | undefined {
  const guess = guessFor(run);
  const train = epochsOf(run, "accuracy").at(-1);
  if (!guess || train === undefined) return undefined;
  if (train < guess.train.share + known * (1 - guess.train.share)) return undefined;
  const best = neverBeyondGuessing(run, guess);
  if (best === undefined) return undefined;
  const digits = (value: number) => value.toPrecision(3);
  return `the training rows are known by heart (accuracy ${digits(train)}), but on validation no epoch was better than guessing (${digits(best)} at best, ${digits(guess.validation.share)} by the most frequent class): the inputs tell nothing of these labels, which may be shuffled`;
}

function guessFor(run: RunData): Guess | undefined {
  return guessOf(recordedTargets(run).targets);
}

/**
 * What naming the most frequent class always would reach.
 *
 * It is right in that class's share p of the validation rows; of n rows it may look like 3 standard errors √(p (1 − p) / n) more. The
 * cross-entropy of the shares themselves is their entropy. Where labels are shuffled nothing but this can be learned, and what
 * more is known of the training rows is known by heart (Zhang et al., ICLR 2017).
 */
import type { DataRecord } from "../base/dataRecord.js";
import { mean } from "../base/mean.js";
import { sum } from "../base/sum.js";
import { tags } from "../base/tags.js";
import type { RunData } from "../track/index.js";

const errors = 3;
const leastEpochs = 5;
const lastEpochs = 3;
const leastUpdatesOfAverages = 300;
/** Share of the entropy below which a cross-entropy is better than guessing. */
const lower = 0.95;

/** Of the rows of a split. */
interface GuessedSplit {
  /** Of the most frequent class. */
  readonly share: number;
  /** Standard error of the accuracy of guessing. */
  readonly error: number;
  /** Up to here an accuracy may be chance. */
  readonly accuracy: number;
}

export interface Guess {
  readonly train: GuessedSplit;
  readonly validation: GuessedSplit;
  /** From here down a cross-entropy of validation is better than guessing. */
  readonly loss: number;
}

/** Undefined where nothing is classified, several outputs are, or nothing validates. */
export function guessOf(targets: DataRecord["targets"]): Guess | undefined {
  const [target] = targets;
  if (targets.length !== 1 || target?.kind !== "classes") return undefined;
  const { train, validation } = target.counts ?? {};
  if (!train || !validation) return undefined;
  const rows = sum(validation);
  const shares = validation.map((count) => count / rows);
  return {
    train: guessed(train),
    validation: guessed(validation),
    loss: -lower * sum(shares.map((p) => (p === 0 ? 0 : p * Math.log(p)))),
  };
}

function guessed(counts: readonly number[]): GuessedSplit {
  const rows = sum(counts);
  const share = Math.max(...counts) / rows;
  const error = Math.sqrt((share * (1 - share)) / rows);
  return { share, error, accuracy: share + errors * error };
}

/**
 * The best validation accuracy where no epoch was better than guessing, and the last ones, on average, not by one standard error.
 *
 * Undefined where it was better, or it cannot be told: before 5 epochs; of so few rows that chance reaches half of the way to all
 * right; where classes are weighed, which are to be found at the expense of the frequent ones; while batch normalisation
 * validates by averages that are young.
 */
export function neverBeyondGuessing(run: RunData, { validation, loss }: Guess): number | undefined {
  const [answers, losses] = [finite(run, tags.epoch("valAccuracy")), finite(run, tags.epoch("valLoss"))];
  const { share, error, accuracy } = validation;
  if (answers.length < leastEpochs || accuracy - share > (1 - share) / 2) return undefined;
  if (run.record.config.classWeights !== undefined || hasYoungAverages(run)) return undefined;
  const best = Math.max(...answers);
  if (best > accuracy || mean(answers.slice(-lastEpochs)) > share + error) return undefined;
  return hasCrossEntropy(run.record) && Math.min(...losses) < loss ? undefined : best;
}

function finite({ scalars }: RunData, tag: string): number[] {
  return Array.from(scalars.get(tag)?.values ?? []).filter(Number.isFinite);
}

/** Of what averages began as 0.99 to the power of the updates is left in them, a twentieth after 300. */
function hasYoungAverages({ scalars, record }: RunData): boolean {
  const updates = scalars.get(tags.train("loss"))?.values.length ?? 0;
  const layers = record.model?.layers ?? [];
  return updates < leastUpdatesOfAverages && layers.some(({ kind }) => kind === "BatchNormalization");
}

/** Whether the loss is one that guessing has a value of. */
export function hasCrossEntropy({ config }: RunData["record"]): boolean {
  return typeof config.loss === "string" && /^(crossEntropy|binaryCrossEntropy)$/.test(config.loss);
}

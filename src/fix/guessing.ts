/**
 * Whether a training knows more than how frequent the classes are.
 *
 * Naming the most frequent class always is right in its share p of the validation rows; of n rows it may look like 3 standard errors
 * √(p (1 − p) / n) more. The cross-entropy of the shares themselves is their entropy. Where labels are shuffled nothing but
 * this can be learned, and what more is known of the training rows is known by heart (Zhang et al., ICLR 2017).
 */
import type { RunData } from "../track/index.js";
import type { Outcome } from "./outcome.js";

const errors = 3;
/** Share of the entropy below which a cross-entropy is better than guessing. */
const lower = 0.95;
/** Of the way from guessing to all right: the training rows are known. */
const known = 0.5;

interface Guess {
  readonly share: number;
  readonly accuracy: number;
  readonly entropy: number;
  readonly trainShare: number;
}

/** Undefined where nothing is classified, or nothing validated. */
export function beyondGuessing(run: RunData, outcome: Outcome | undefined): boolean | undefined {
  const guess = guessOf(run);
  if (!guess || outcome?.metric !== "valAccuracy") return undefined;
  return (
    outcome.value > guess.accuracy ||
    (isCrossEntropy(run) && (outcome.loss ?? Infinity) < lower * guess.entropy)
  );
}

/**
 * Why no change of the training can help: training rows are known by heart, and no epoch answered to others better than by
 * guessing. Undefined where it is not so.
 */
export function nothingToLearn(run: RunData): string | undefined {
  const guess = guessOf(run);
  const epochs = (metric: string) => Array.from(run.scalars.get(`epoch/${metric}`)?.values ?? []);
  const [answers, losses] = [epochs("valAccuracy"), epochs("valLoss")];
  const train = epochs("accuracy").at(-1);
  if (!guess || answers.length === 0 || train === undefined) return undefined;
  const best = Math.max(...answers);
  if (train < guess.trainShare + known * (1 - guess.trainShare) || best > guess.accuracy) return undefined;
  if (isCrossEntropy(run) && Math.min(...losses) < lower * guess.entropy) return undefined;
  const digits = (value: number) => value.toPrecision(3);
  return `the training rows are known by heart (accuracy ${digits(train)}), but on validation no epoch was better than guessing (${digits(best)} at best, ${digits(guess.share)} by the most frequent class): the inputs tell nothing of these labels, which may be shuffled`;
}

function guessOf(run: RunData): Guess | undefined {
  const targets = targetsOf(run);
  const [target] = targets;
  if (targets.length !== 1 || target?.kind !== "classes") return undefined;
  const { train, validation } = target.counts ?? {};
  if (!train || !validation) return undefined;
  const rows = sum(validation);
  const share = Math.max(...validation) / rows;
  const shares = validation.map((count) => count / rows);
  return {
    share,
    accuracy: share + errors * Math.sqrt((share * (1 - share)) / rows),
    entropy: -sum(shares.map((p) => (p === 0 ? 0 : p * Math.log(p)))),
    trainShare: Math.max(...train) / sum(train),
  };
}

/** A record that cannot be read is as if there were none, as for the doctor's rules. */
function targetsOf({ data }: RunData) {
  try {
    return data?.record().targets ?? [];
  } catch {
    return [];
  }
}

function isCrossEntropy({ record: { config } }: RunData): boolean {
  return typeof config.loss === "string" && /^(crossEntropy|binaryCrossEntropy)$/.test(config.loss);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

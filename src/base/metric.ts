/** Names of metrics, and which way is better. */
import { trainingWords, validationWords } from "./splitWords.js";

export type Direction = "max" | "min";

/** By the last word of a name; of names that mean one thing only. */
const directions: ReadonlyMap<string, Direction> = new Map([
  ...["loss", "losses", "error", "errors", "err", "mae", "mse", "rmse", "mape"].map(
    (word) => [word, "min"] as const,
  ),
  ...["accuracy", "acc", "auc", "auroc", "auprc", "f1", "precision", "recall", "iou"].map(
    (word) => [word, "max"] as const,
  ),
]);

/** What data it was measured on, and how often: `Loss/train`, `train_loss_epoch`. */
const surrounding = new Set<string>([...trainingWords, ...validationWords, "epoch", "step", "batch"]);

/** `valAccuracy` of `accuracy`. */
export function validationName(metric: string): string {
  return `val${metric.charAt(0).toUpperCase()}${metric.slice(1)}`;
}

/** `top5`, `acc@1`, `accuracy_2`: which of several. */
const ordinal = /^(?:top)?\d+$/;

/** Measures of error that scikit-learn negates, so that more is better: `neg_mean_squared_error`, `neg_log_loss`. */
const negated = /^neg (?:.+ )?(?:error|mae|mse|rmse|mape|log loss)$/;

/**
 * Which way a metric is better, by the last word of its name: `valLoss`, `train/loss`, `out2MeanAbsoluteError`, `Loss/train`,
 * `val_f1`, `acc@5`. Of an error after `neg` it is the largest, as scikit-learn's scorers have it. Undefined for one this
 * library does not know: any other name with `neg` or `negative` too, since it may be negated or be measured on negatives.
 */
export function knownDirection(metric: string): Direction | undefined {
  const words = wordsOf(metric).filter((word) => !surrounding.has(word) && !ordinal.test(word));
  if (negated.test(words.join(" "))) return "max";
  if (words.some((word) => word === "neg" || word === "negative")) return undefined;
  const last = words.at(-1) ?? "";
  return directions.get(last) ?? directions.get(last.replace(/\d+$/, ""));
}

/** In lower case: `MLPLoss` is `mlp loss`, `top1Accuracy` is `top1 accuracy`. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll("IoU", "Iou")
    .replace(/(?<=\P{Lu})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, " ")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** @throws RangeError if neither the option nor the metric's name says which way is better. */
export function directionOf(metric: string, asked: Direction | undefined): Direction {
  const direction = asked ?? knownDirection(metric);
  if (direction !== "max" && direction !== "min")
    throw new RangeError(
      asked === undefined
        ? `The best "${metric}" needs { direction: "max" } or { direction: "min" } (on a line --maximize or --minimize): which way it is better is not known`
        : `A direction needs to be "max" or "min"; it was given "${asked}"`,
    );
  return direction;
}

/** Whether `value` is better than `than`. Any number is better than NaN. */
export function isBetter(value: number, than: number, direction: Direction): boolean {
  if (Number.isNaN(value)) return false;
  if (Number.isNaN(than)) return true;
  return direction === "max" ? value > than : value < than;
}

/** The best of a series; NaN if it holds no number. */
export function bestOf(values: readonly number[], direction: Direction): number {
  return values.reduce((best, value) => (isBetter(value, best, direction) ? value : best), Number.NaN);
}

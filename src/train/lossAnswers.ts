/**
 * What a loss of a person's own takes the model's outputs for: it is asked on made-up ones, as what it computes cannot be
 * seen from outside.
 *
 *  - A loss falls where the output comes nearer to the target. One that rises is flipped.
 *  - softmax(z + c) = softmax(z): a loss that stays the same where all outputs grow alike has a softmax in it.
 *  - A logarithm of probabilities is cut off at a small ε, or has no value, where the right class's output is below 0.
 */
import type { LossAnswers, OutputSummary } from "../base/modelSummary.js";
import { tf } from "../native/index.js";
import type { Loss } from "./loss.js";

type Asked = Pick<OutputSummary, "units" | "target">;

/** Samples that the loss is asked about. */
const samples = 8;
/** Losses in float32 that differ by less are equal. */
const tolerance = 1e-5;

/** Undefined where the targets are no classes, or the loss does not answer: it is a person's, and may throw. */
export function lossAnswers(loss: Loss, of: Asked): LossAnswers | undefined {
  const { kind } = of.target;
  if (kind === "values" || (kind === "binary" && of.units !== 1)) return undefined;
  let answers: LossAnswers | undefined;
  try {
    tf.tidy(() => {
      answers = answersOf(loss, of);
    });
  } catch {
    // What is wrong with it the first step tells, with the person's own line.
    return undefined;
  }
  return answers;
}

function answersOf(loss: Loss, { units, target }: Asked): LossAnswers | undefined {
  const labels = Int32Array.from({ length: samples }, (_, i) => i % Math.max(2, units));
  const y =
    target.kind === "oneHot" ? oneHot(labels, units) : tf.tensor1d(labels, units === 1 ? "float32" : "int32");
  /** The loss where the right class's output is `right` and each other one's `others`. */
  const ask = (right: number, others: number) =>
    meanOf(loss.perSample(outputs(labels, { units, right, others }), y, "linear"));
  const chance = 1 / Math.max(2, units);
  const base = ask(chance, units === 1 ? 1 - chance : chance);
  const right = chance + 0.4 * (1 - chance);
  const nearer = ask(right, units === 1 ? 1 - right : (1 - right) / (units - 1));
  if (![base, nearer].every(Number.isFinite)) return undefined;
  const grown = units === 1 ? Number.NaN : ask(right + 1, (1 - right) / (units - 1) + 1);
  const [below, further] = units === 1 ? [ask(-1, 2), ask(-2, 3)] : [ask(-1, 3), ask(-2, 3)];
  return {
    flipped: nearer > base && !isSame(nearer, base),
    hasSoftmax: isSame(grown, nearer),
    needsProbabilities: ![below, further].every(Number.isFinite) || isSame(below, further),
  };
}

/** float32 [samples, units]; of one unit it is `right` for the label 1, else `others`. */
function outputs(
  labels: Int32Array,
  { units, right, others }: { units: number; right: number; others: number },
): tf.Tensor2D {
  const values = new Float32Array(labels.length * units).fill(others);
  labels.forEach((label, i) => {
    if (units > 1) values[i * units + label] = right;
    else if (label === 1) values[i] = right;
  });
  return tf.tensor2d(values, [labels.length, units]);
}

function oneHot(labels: Int32Array, units: number): tf.Tensor {
  return tf.oneHot(tf.tensor1d(labels, "int32"), units).toFloat();
}

function meanOf(losses: tf.Tensor): number {
  return tf.mean(losses).dataSync()[0] as number;
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

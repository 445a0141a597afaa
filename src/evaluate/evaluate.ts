import { breather } from "../base/breather.js";
import { host } from "../base/host.js";
import { refuseUnknown } from "../base/knownOptions.js";
import type { PictureSplit } from "../base/splitPictures.js";
import type { HostBatch, Split } from "../data/split.js";
import { tf } from "../native/index.js";
import { columnHint } from "../train/assumptions.js";
import { checkFits } from "../train/checkFits.js";
import { losses } from "../train/loss.js";
import { modelSplit } from "../train/modelSplit.js";
import { checkStatefulBatch, statefulBatch } from "../train/statefulBatch.js";
import { ConfusionMatrix } from "./confusionMatrix.js";
import { Evaluation } from "./evaluation.js";
import { mistakePictures } from "./mistakePictures.js";
import { answerTo, headOf } from "./modelHead.js";

export interface EvaluateOptions {
  /** Samples at a time. It changes memory and speed, not the result (but for rounding). Default 1000, of a stateful model the size it was built for. */
  readonly batchSize?: number;
  /** Default: those of the data's columns, where it has any, else "0", "1", … */
  readonly classNames?: readonly string[];
  /** Of a model with several outputs, which to ask: its name. */
  readonly output?: string;
  /**
   * Whether the probability of every class of every sample is kept, four bytes each, which curves are made of. Default: up to
   * 5 million of them, which are 20 MB.
   */
  readonly probabilities?: boolean;
  /**
   * The split's samples as pictures, of which the worst mistakes are shown: [height, width] or [height, width, 1 or 3].
   * Default: the split itself, if its samples are [height, width, 1 or 3]; of one that was normalised or flattened for the
   * model, the split before that. Values from 0 to 1 and whole numbers from 0 to 255 are drawn as they are; of others the
   * least of these pictures is black, the greatest white. False shows none.
   */
  readonly images?: PictureSplit | false;
}

/** Without being asked. */
const mostProbabilities = 5_000_000;

/**
 * Asks a classifier about every sample of a split, in inference mode.
 *
 * @throws TypeError if there is no split, the model does not fit it, the output has no class labels there, or none of several is named.
 * @throws RangeError if the model has no such output, or is stateful and the split no multiple of its batches.
 * @throws TypeError or RangeError if `images` is no split of pictures of as many samples.
 * @throws Interrupted if the person interrupts.
 * @example
 * const evaluation = await evaluate(model, mnist.test);
 * console.log(evaluation.accuracy, evaluation.curves().rocAuc, evaluation.worst(3));
 */
export async function evaluate(
  model: tf.LayersModel,
  split: Split,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  refuseUnknown("evaluate", options, {
    batchSize: true,
    classNames: true,
    output: true,
    probabilities: true,
    images: true,
  });
  const { batchSize = statefulBatch(model) ?? 1000 } = options;
  const head = headOf("evaluate", model, options.output);
  const given = modelSplit("evaluate", model, split);
  const target = given.columns?.targets[head];
  const { values: y, shape } = target ?? { values: given.y, shape: given.targetShape };
  const units = unitsOf(model, head);
  if (!(y instanceof Int32Array))
    throw new TypeError(
      `evaluate needs class labels; the split "${split.name}" holds targets of a regression${columnHint({ values: y, shape }, Math.max(units, 2)) || ", which evaluateRegression takes"}`,
    );
  const classes = Math.max(units, 2);
  const each = given.columns?.targets.map(({ values }, k) =>
    values instanceof Int32Array ? Math.max(unitsOf(model, k), 2) : undefined,
  );
  checkFits("evaluate", model, { split: given, classes: each ?? [classes] });
  checkStatefulBatch("evaluate", model, { batchSize, splits: [given] });
  const classNames =
    options.classNames ?? target?.classNames ?? Array.from({ length: classes }, (_, k) => String(k));
  if (classNames.length !== classes)
    throw new RangeError(
      `evaluate needs one name for each of ${classes} classes; it was given ${classNames.length}`,
    );

  const twice = classNames.find((name, k) => classNames.indexOf(name) < k);
  if (twice !== undefined)
    throw new RangeError(`evaluate needs names that tell classes apart; "${twice}" stands for two of them`);

  const picturesOf = mistakePictures(given, options.images);
  const { size } = given;
  const { probabilities: isKept = size * classes <= mostProbabilities } = options;
  const all = isKept ? new Float32Array(size * classes) : undefined;
  const sampleLosses = new Float32Array(size);
  const confidences = new Float32Array(size);
  const predictions = new Int32Array(size);
  const breath = breather(host().signal());
  let done = 0;
  for (const batch of given.batches({ batchSize })) {
    await breath.breathe();
    const answer = await ask(model, batch, { inputShape: given.inputShape, units, head });
    predictions.set(answer.predictions, done);
    sampleLosses.set(answer.losses, done);
    all?.set(answer.probabilities, done * classes);
    answer.predictions.forEach((said, i) => {
      confidences[done + i] = answer.probabilities[i * classes + said] as number;
    });
    done += batch.size;
  }
  return new Evaluation({
    labels: y,
    predictions,
    losses: sampleLosses,
    confidences,
    probabilities: all,
    picturesOf,
    confusionMatrix: new ConfusionMatrix(y, predictions, { classNames }),
  });
}

function unitsOf(model: tf.LayersModel, head: number): number {
  return model.outputs[head]?.shape.at(-1) ?? 1;
}

interface Answers {
  readonly losses: Float32Array;
  readonly predictions: Int32Array;
  /** [n, classes], row by row. */
  readonly probabilities: Float32Array;
}

async function ask(
  model: tf.LayersModel,
  batch: HostBatch,
  of: { inputShape: readonly number[]; units: number; head: number },
): Promise<Answers> {
  const { units, head } = of;
  const made = tf.tidy(() => {
    const y = tf.tensor1d(batch.columns?.targets[head]?.values ?? batch.y, "int32");
    const { output, activation } = answerTo(model, batch, of);
    const loss = units === 1 ? losses.binaryCrossEntropy : losses.crossEntropy;
    const isLogit = activation === "sigmoid" || activation === "linear";
    const classes = units === 1 ? tf.greater(output, isLogit ? 0 : 0.5).reshape([-1]) : tf.argMax(output, -1);
    const probabilities = units === 1 ? twoColumns(output, isLogit) : perClass(output, activation);
    return [tf.cast(classes, "int32"), loss.perSample(output, y, activation), probabilities] as const;
  });
  const [said, sampleLosses, shares] = made as readonly [tf.Tensor, tf.Tensor, tf.Tensor];
  try {
    const [predictions, lost, probabilities] = await Promise.all([
      said.data<"int32">(),
      sampleLosses.data<"float32">(),
      shares.data<"float32">(),
    ]);
    return { predictions: Int32Array.from(predictions), losses: lost, probabilities };
  } finally {
    tf.dispose([said, sampleLosses, shares]);
  }
}

/** Of a single output, the probability of the second class, both. */
function twoColumns(output: tf.Tensor, isLogit: boolean): tf.Tensor {
  const second = tf.reshape(isLogit ? tf.sigmoid(output) : output, [-1, 1]);
  return tf.concat([tf.sub(1, second), second], 1);
}

/** As the loss takes it: logits behind softmax or linear, else probabilities up to a factor a sample. */
function perClass(output: tf.Tensor, activation: string): tf.Tensor {
  if (activation === "softmax" || activation === "linear") return tf.softmax(output);
  const shares = activation === "sigmoid" ? tf.sigmoid(output) : output;
  // Of a sample for which every share is 0, all stay 0.
  return tf.divNoNan(shares, tf.sum(shares, -1, true));
}

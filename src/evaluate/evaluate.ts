import { breather } from "../base/breather.js";
import { host } from "../base/host.js";
import { refuseUnknown } from "../base/knownOptions.js";
import type { HostBatch, Split } from "../data/split.js";
import { tf } from "../native/index.js";
import { checkFits } from "../train/checkFits.js";
import { applyToLogits, headActivation } from "../train/head.js";
import { losses } from "../train/loss.js";
import { ConfusionMatrix } from "./confusionMatrix.js";
import { Evaluation } from "./evaluation.js";

export interface EvaluateOptions {
  /** Samples at a time. It changes memory and speed, not the result (but for rounding). Default 1000. */
  readonly batchSize?: number;
  /** Default "0", "1", … */
  readonly classNames?: readonly string[];
}

/**
 * Asks a classifier about every sample of a split, in inference mode.
 *
 * @throws TypeError if the model does not fit the split, or the split has no class labels.
 * @throws Interrupted if the person interrupts.
 * @example const { accuracy, confusionMatrix } = await evaluate(model, mnist.test);
 */
export async function evaluate(
  model: tf.LayersModel,
  split: Split,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  refuseUnknown("evaluate", options, { batchSize: true, classNames: true });
  const { batchSize = 1000 } = options;
  if (!(split.y instanceof Int32Array))
    throw new TypeError(
      `evaluate needs class labels; the split "${split.name}" holds targets of a regression`,
    );
  const units = model.outputs[0]?.shape.at(-1) ?? 1;
  const classes = Math.max(units, 2);
  checkFits("evaluate", model, { split, classes });
  const classNames = options.classNames ?? Array.from({ length: classes }, (_, k) => String(k));
  if (classNames.length !== classes)
    throw new RangeError(
      `evaluate needs one name for each of ${classes} classes; it was given ${classNames.length}`,
    );

  const breath = breather(host().signal());
  const predictions = new Int32Array(split.size);
  let total = 0;
  let done = 0;
  for (const batch of split.batches({ batchSize })) {
    await breath.breathe();
    const answer = await ask(model, batch, { inputShape: split.inputShape, units });
    predictions.set(answer.predictions, done);
    total += answer.loss * batch.size;
    done += batch.size;
  }
  return new Evaluation(
    total / split.size,
    predictions,
    new ConfusionMatrix(split.y, predictions, { classNames }),
  );
}

async function ask(
  model: tf.LayersModel,
  batch: HostBatch,
  shape: { inputShape: readonly number[]; units: number },
): Promise<{ loss: number; predictions: Int32Array }> {
  const [said, mean] = tf.tidy(() => {
    const x = tf.tensor(batch.x, [batch.size, ...shape.inputShape]);
    const y = tf.tensor1d(batch.y, "int32");
    const head = headActivation(model);
    const output = applyToLogits(model, x, { training: false });
    const loss = shape.units === 1 ? losses.binaryCrossEntropy : losses.crossEntropy;
    const threshold = head === "sigmoid" || head === "linear" ? 0 : 0.5;
    const classes = shape.units === 1 ? tf.greater(output, threshold).reshape([-1]) : tf.argMax(output, -1);
    const mean = tf.mean(loss.perSample(output, y, head));
    return [tf.cast(classes, "int32"), mean] as [tf.Tensor, tf.Tensor];
  });
  try {
    const [predictions, loss] = await Promise.all([said.data<"int32">(), mean.data<"float32">()]);
    return { predictions: Int32Array.from(predictions), loss: loss[0] as number };
  } finally {
    tf.dispose([said, mean]);
  }
}

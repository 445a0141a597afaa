import { breather } from "../base/breather.js";
import { host } from "../base/host.js";
import { refuseUnknown } from "../base/knownOptions.js";
import { didYouMean } from "../base/nearestName.js";
import type { Column } from "../data/columns.js";
import type { HostBatch, Split } from "../data/split.js";
import { tf } from "../native/index.js";
import { columnHint } from "../train/assumptions.js";
import { checkFits } from "../train/checkFits.js";
import { applyToLogits, headActivations } from "../train/head.js";
import { losses } from "../train/loss.js";
import { modelSplit } from "../train/modelSplit.js";
import { outputNames } from "../train/outputNames.js";
import { checkStatefulBatch, statefulBatch } from "../train/statefulBatch.js";
import { ConfusionMatrix } from "./confusionMatrix.js";
import { Evaluation } from "./evaluation.js";

export interface EvaluateOptions {
  /** Samples at a time. It changes memory and speed, not the result (but for rounding). Default 1000, of a stateful model the size it was built for. */
  readonly batchSize?: number;
  /** Default: those of the data's columns, where it has any, else "0", "1", … */
  readonly classNames?: readonly string[];
  /** Of a model with several outputs, which to ask: its name. */
  readonly output?: string;
}

/**
 * Asks a classifier about every sample of a split, in inference mode.
 *
 * @throws TypeError if there is no split, the model does not fit it, the output has no class labels there, or none of several is named.
 * @throws RangeError if the model has no such output, or is stateful and the split no multiple of its batches.
 * @throws Interrupted if the person interrupts.
 * @example const { accuracy, confusionMatrix } = await evaluate(model, mnist.test);
 */
export async function evaluate(
  model: tf.LayersModel,
  split: Split,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  refuseUnknown("evaluate", options, { batchSize: true, classNames: true, output: true });
  const { batchSize = statefulBatch(model) ?? 1000 } = options;
  const head = headOf(model, options.output);
  const given = modelSplit("evaluate", model, split);
  const target = given.columns?.targets[head];
  const { values: y, shape } = target ?? { values: given.y, shape: given.targetShape };
  const units = unitsOf(model, head);
  if (!(y instanceof Int32Array))
    throw new TypeError(
      `evaluate needs class labels; the split "${split.name}" holds targets of a regression${columnHint({ values: y, shape }, Math.max(units, 2))}`,
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

  const breath = breather(host().signal());
  const predictions = new Int32Array(given.size);
  let total = 0;
  let done = 0;
  for (const batch of given.batches({ batchSize })) {
    await breath.breathe();
    const answer = await ask(model, batch, { inputShape: given.inputShape, units, head });
    predictions.set(answer.predictions, done);
    total += answer.loss * batch.size;
    done += batch.size;
  }
  return new Evaluation(total / given.size, predictions, new ConfusionMatrix(y, predictions, { classNames }));
}

function unitsOf(model: tf.LayersModel, head: number): number {
  return model.outputs[head]?.shape.at(-1) ?? 1;
}

/** The output's number. */
function headOf(model: tf.LayersModel, output: string | undefined): number {
  const names = outputNames(model);
  if (output === undefined) {
    if (names.length <= 1) return 0;
    throw new TypeError(
      `evaluate needs to know which output of "${model.name}" to ask, as output: one of ${names.join(", ")}`,
    );
  }
  const head = names.indexOf(output);
  if (head >= 0) return head;
  throw new RangeError(
    `evaluate needs an output that "${model.name}" has (${names.join(", ")}); it was given "${output}".${didYouMean(output, names)}`,
  );
}

async function ask(
  model: tf.LayersModel,
  batch: HostBatch,
  of: { inputShape: readonly number[]; units: number; head: number },
): Promise<{ loss: number; predictions: Int32Array }> {
  const { inputShape, units, head } = of;
  const [said, mean] = tf.tidy(() => {
    const tensor = ({ values, shape }: Pick<Column, "values" | "shape">) =>
      tf.tensor(values, [batch.size, ...shape], "float32");
    const x = (batch.columns?.inputs ?? [{ values: batch.x, shape: inputShape }]).map(tensor);
    const y = tf.tensor1d(batch.columns?.targets[head]?.values ?? batch.y, "int32");
    const activation = headActivations(model)[head] as string;
    const output = applyToLogits(model, x, { training: false })[head] as tf.Tensor;
    const loss = units === 1 ? losses.binaryCrossEntropy : losses.crossEntropy;
    const threshold = activation === "sigmoid" || activation === "linear" ? 0 : 0.5;
    const classes = units === 1 ? tf.greater(output, threshold).reshape([-1]) : tf.argMax(output, -1);
    const mean = tf.mean(loss.perSample(output, y, activation));
    return [tf.cast(classes, "int32"), mean] as [tf.Tensor, tf.Tensor];
  });
  try {
    const [predictions, loss] = await Promise.all([said.data<"int32">(), mean.data<"float32">()]);
    return { predictions: Int32Array.from(predictions), loss: loss[0] as number };
  } finally {
    tf.dispose([said, mean]);
  }
}

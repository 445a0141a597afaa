/** Which of a model's outputs is asked, and how. */
import { didYouMean } from "../base/nearestName.js";
import type { Column } from "../data/columns.js";
import type { HostBatch } from "../data/split.js";
import { tf } from "../native/index.js";
import { applyToLogits, headActivations } from "../train/head.js";
import { outputNames } from "../train/outputNames.js";

/** The output's number. @throws TypeError if none of several is named, RangeError if there is none of the name. */
export function headOf(who: string, model: tf.LayersModel, output: string | undefined): number {
  const names = outputNames(model);
  if (output === undefined) {
    if (names.length <= 1) return 0;
    throw new TypeError(
      `${who} needs to know which output of "${model.name}" to ask, as output: one of ${names.join(", ")}`,
    );
  }
  const head = names.indexOf(output);
  if (head >= 0) return head;
  throw new RangeError(
    `${who} needs an output that "${model.name}" has (${names.join(", ")}); it was given "${output}".${didYouMean(output, names)}`,
  );
}

export interface Answer {
  /** What `applyToLogits` returns of the output. */
  readonly output: tf.Tensor;
  /** Its last activation. */
  readonly activation: string;
}

/** Asks about a batch, in inference mode. To be called within `tf.tidy`. */
export function answerTo(
  model: tf.LayersModel,
  batch: HostBatch,
  { head, inputShape }: { head: number; inputShape: readonly number[] },
): Answer {
  const tensor = ({ values, shape }: Pick<Column, "values" | "shape">) =>
    tf.tensor(values, [batch.size, ...shape], "float32");
  const x = (batch.columns?.inputs ?? [{ values: batch.x, shape: inputShape }]).map(tensor);
  return {
    output: applyToLogits(model, x, { training: false })[head] as tf.Tensor,
    activation: headActivations(model)[head] as string,
  };
}

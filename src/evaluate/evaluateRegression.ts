import { breather } from "../base/breather.js";
import { host } from "../base/host.js";
import { refuseUnknown } from "../base/knownOptions.js";
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { Split } from "../data/split.js";
import { tf } from "../native/index.js";
import { checkFits } from "../train/checkFits.js";
import { applyHead } from "../train/head.js";
import { modelSplit } from "../train/modelSplit.js";
import { checkStatefulBatch, statefulBatch } from "../train/statefulBatch.js";
import type { EvaluateOptions } from "./evaluate.js";
import { answerTo, headOf } from "./modelHead.js";
import { RegressionEvaluation } from "./regressionEvaluation.js";

export type EvaluateRegressionOptions = Pick<EvaluateOptions, "batchSize" | "output">;

/**
 * Asks a regression about every sample of a split, in inference mode.
 *
 * @throws TypeError if there is no split, the model does not fit it, its targets are class labels, or none of several outputs is named.
 * @throws RangeError if the model has no such output, or is stateful and the split no multiple of its batches.
 * @throws Interrupted if the person interrupts.
 * @example const { rootMeanSquaredError, r2 } = await evaluateRegression(model, houses.test);
 */
export async function evaluateRegression(
  model: tf.LayersModel,
  split: Split,
  options: EvaluateRegressionOptions = {},
): Promise<RegressionEvaluation> {
  const who = "evaluateRegression";
  refuseUnknown(who, options, { batchSize: true, output: true });
  const { batchSize = statefulBatch(model) ?? 1000 } = options;
  const head = headOf(who, model, options.output);
  const given = modelSplit(who, model, split);
  const { values: y, shape } = given.columns?.targets[head] ?? { values: given.y, shape: given.targetShape };
  if (y instanceof Int32Array)
    throw new TypeError(
      `${who} needs targets that are numbers; the split "${split.name}" holds class labels, which evaluate takes`,
    );
  const each = given.columns?.targets.map(({ values }, k) =>
    values instanceof Int32Array ? Math.max(model.outputs[k]?.shape.at(-1) ?? 1, 2) : undefined,
  );
  checkFits(who, model, { split: given, classes: each ?? [undefined] });
  checkStatefulBatch(who, model, { batchSize, splits: [given] });

  const predictions = new Float32Array(y.length);
  const breath = breather(host().signal());
  let done = 0;
  for (const batch of given.batches({ batchSize })) {
    await breath.breathe();
    const said = tf.tidy(() => {
      const { output, activation } = answerTo(model, batch, { head, inputShape: given.inputShape });
      return applyHead(output, activation);
    });
    try {
      predictions.set(await said.data<"float32">(), done);
    } finally {
      said.dispose();
    }
    done += batch.size * sizeOfShape(shape);
  }
  return new RegressionEvaluation(y, predictions, sizeOfShape(shape));
}

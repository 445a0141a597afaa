import type * as tf from "@tensorflow/tfjs";
import type { Split } from "../data/split.js";

/**
 * Checks that a model can read a split's samples and answer in its kind of targets.
 *
 * @param what who asks, for the message
 * @param expected `classes` is undefined for a regression
 * @throws TypeError naming both shapes.
 */
export function checkFits(
  what: string,
  model: tf.LayersModel,
  expected: { split: Split; classes: number | undefined },
): void {
  const { split, classes } = expected;
  const input = model.inputs[0]?.shape.slice(1) ?? [];
  const same = (wanted: readonly (number | null)[], given: readonly number[]) =>
    wanted.length === given.length &&
    wanted.every((length, axis) => length === null || length === given[axis]);
  if (!same(input, split.inputShape))
    throw new TypeError(
      `${what} needs samples that fit the model's input ${shown(input)}; the split "${split.name}" holds samples of ${shown(split.inputShape)}`,
    );
  const output = model.outputs[0]?.shape.slice(1) ?? [];
  if (classes === undefined) {
    if (!same(output, split.targetShape))
      throw new TypeError(
        `${what} needs targets that fit the model's output ${shown(output)}; the split "${split.name}" holds targets of ${shown(split.targetShape)}`,
      );
    return;
  }
  const units = output.length === 1 ? output[0] : undefined;
  if (units !== classes && !(units === 1 && classes === 2))
    throw new TypeError(
      `${what} needs a model with one output for each of ${classes} classes${classes === 2 ? " (or a single one)" : ""}; the output of "${model.name}" is ${shown(output)}`,
    );
}

function shown(shape: readonly (number | null)[]): string {
  return `[${shape.join(", ")}]`;
}

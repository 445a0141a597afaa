import type * as tf from "@tensorflow/tfjs";
import type { Column, TargetColumn } from "../data/columns.js";
import type { Split } from "../data/split.js";
import { inputNames, outputNames } from "./outputNames.js";

/**
 * Checks that a model can read a split's samples and answer in its kind of targets.
 *
 * @param what who asks, for the message
 * @param expected `split` has its columns in the model's order; `classes`, of its one target, is undefined for a
 *   regression
 * @throws TypeError naming both shapes.
 */
export function checkFits(
  what: string,
  model: tf.LayersModel,
  { split, classes }: { split: Split; classes: number | undefined },
): void {
  const inputs = split.columns?.inputs ?? [{ shape: split.inputShape }];
  const targets = split.columns?.targets ?? [{ shape: split.targetShape, classes }];
  const names = { inputs: titles(inputNames(model)), outputs: titles(outputNames(model)) };
  for (const [i, { shape }] of inputs.entries())
    checkInput(what, { shape, title: names.inputs[i] ?? "", wanted: shapeOf(model.inputs[i]), split });
  for (const [k, target] of targets.entries())
    checkTarget(what, {
      ...target,
      title: names.outputs[k] ?? "",
      output: shapeOf(model.outputs[k]),
      model,
      split,
    });
}

type Side = readonly (number | null)[];

function checkInput(
  what: string,
  of: Pick<Column, "shape"> & { title: string; wanted: Side; split: Split },
): void {
  const { shape, title, wanted, split } = of;
  if (isSame(wanted, shape)) return;
  throw new TypeError(
    `${what} needs samples that fit the model's input${title} ${shown(wanted)}; the split "${split.name}" holds samples of ${shown(shape)}`,
  );
}

function checkTarget(
  what: string,
  of: Pick<TargetColumn, "shape" | "classes"> & {
    title: string;
    output: Side;
    model: tf.LayersModel;
    split: Split;
  },
): void {
  const { shape, classes, title, output, model, split } = of;
  if (classes === undefined) {
    if (isSame(output, shape)) return;
    throw new TypeError(
      `${what} needs targets that fit the model's output${title} ${shown(output)}; the split "${split.name}" holds targets of ${shown(shape)}`,
    );
  }
  const units = output.length === 1 ? output[0] : undefined;
  if (units === classes || (units === 1 && classes === 2)) return;
  throw new TypeError(
    `${what} needs a model with one output for each of ${classes} classes${classes === 2 ? " (or a single one)" : ""}; the output${title} of "${model.name}" is ${shown(output)}`,
  );
}

/** Behind `input` or `output`, where there are several. */
function titles(names: readonly string[]): string[] {
  return names.map((name) => (names.length > 1 ? ` "${name}"` : ""));
}

function shapeOf(tensor: tf.SymbolicTensor | undefined): Side {
  return tensor?.shape.slice(1) ?? [];
}

function isSame(wanted: Side, given: readonly number[]): boolean {
  return (
    wanted.length === given.length &&
    wanted.every((length, axis) => length === null || length === given[axis])
  );
}

function shown(shape: Side): string {
  return `[${shape.join(", ")}]`;
}

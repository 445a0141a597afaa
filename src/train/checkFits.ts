import type * as tf from "@tensorflow/tfjs";
import type { Column, TargetColumn } from "../data/columns.js";
import type { Split } from "../data/split.js";
import { columnHint, takenHint } from "./assumptions.js";
import { inputNames, outputNames } from "./outputNames.js";

/**
 * Checks that a model can read a split's samples and answer in its kind of targets.
 *
 * @param what who asks, for the message
 * @param expected `split` has its columns in the model's order; `classes` of each target, undefined for a regression
 * @throws TypeError naming both shapes.
 */
export function checkFits(
  what: string,
  model: tf.LayersModel,
  { split, classes }: { split: Split; classes: readonly (number | undefined)[] },
): void {
  const inputs = split.columns?.inputs ?? [{ shape: split.inputShape }];
  const targets = split.columns?.targets ?? [
    { shape: split.targetShape, values: split.y, taken: split.taken },
  ];
  const names = { inputs: titles(inputNames(model)), outputs: titles(outputNames(model)) };
  for (const [i, { shape }] of inputs.entries())
    checkInput(what, { shape, title: names.inputs[i] ?? "", wanted: shapeOf(model.inputs[i]), split });
  for (const [k, target] of targets.entries())
    checkTarget(what, {
      ...target,
      classes: classes[k],
      held: "classes" in target ? target.classes : classes[k],
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
  of: Pick<TargetColumn, "shape" | "classes" | "values" | "taken"> & {
    /** How many classes the split itself knows of: as few as its labels show. */
    held: number | undefined;
    title: string;
    output: Side;
    model: tf.LayersModel;
    split: Split;
  },
): void {
  const { shape, classes, held, taken, title, output, model, split } = of;
  if ((held === undefined) !== (classes === undefined) || (held ?? 0) > (classes ?? 0))
    throw new TypeError(
      `${what} needs ${kindOf(classes)} for the output${title} of "${model.name}"; the split "${split.name}" holds ${kindOf(held)}`,
    );
  if (classes === undefined) {
    if (isSame(output, shape)) return;
    throw new TypeError(
      `${what} needs targets that fit the model's output${title} ${shown(output)}; the split "${split.name}" holds targets of ${shown(shape)}${columnHint(of, output.at(-1))}`,
    );
  }
  const units = output.length === 1 ? output[0] : undefined;
  if (units === classes || (units === 1 && classes === 2)) return;
  throw new TypeError(
    `${what} needs a model with one output for each of ${classes} classes${classes === 2 ? " (or a single one)" : ""}; the output${title} of "${model.name}" is ${shown(output)}${takenHint(taken)}`,
  );
}

function kindOf(classes: number | undefined): string {
  return classes === undefined ? "targets of a regression" : `labels of ${classes} classes`;
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

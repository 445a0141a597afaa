/** A split as a model takes it. */
import { inOrder } from "../base/several.js";
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { Column, Columns } from "../data/columns.js";
import type { Split } from "../data/split.js";
import type { tf } from "../native/index.js";
import { checkSplit } from "./checkDataset.js";
import { inputNames, outputNames } from "./outputNames.js";

/**
 * The split with its columns in the order of the model's inputs and outputs; the split itself where it has none, or the
 * right order.
 *
 * @param who asks, for the message
 * @throws TypeError or RangeError if it has not one column for each input and output, by names or by their number.
 */
export function modelSplit(who: string, model: tf.LayersModel, split: Split): Split {
  checkSplit(split, who);
  const names = { inputs: inputNames(model), targets: outputNames(model) };
  const given = split.columns ?? plainColumns(split);
  const inputs = ordered(given.inputs, names.inputs, { who, split, side: "input" });
  const targets = ordered(given.targets, names.targets, { who, split, side: "output" });
  if (!split.columns) return split;
  checkColumns(who, split, split.columns);
  const isSame =
    inputs.every((column, i) => column === given.inputs[i]) &&
    targets.every((column, k) => column === given.targets[k]);
  if (isSame) return split;
  const [input, target] = [inputs[0] as Column, targets[0] as Column];
  return {
    ...split,
    x: input.values as Float32Array,
    y: target.values,
    inputShape: input.shape,
    targetShape: target.shape,
    columns: { inputs, targets },
  };
}

/** A copy of a split may hold other values: all must say the same. */
function checkColumns(who: string, split: Split, { inputs, targets }: Columns): void {
  if (split.x !== inputs[0]?.values || split.y !== targets[0]?.values)
    throw new TypeError(
      `${who} needs a split whose x and y are the values of its first columns; "${split.name}" has others: give its columns the new values too`,
    );
  const wrong = [...inputs, ...targets].find(
    ({ values, shape }) => values.length !== split.size * sizeOfShape(shape),
  );
  if (wrong)
    throw new TypeError(
      `${who} needs ${split.size} samples in each column of the split "${split.name}"; ${wrong.name === undefined ? "one" : `"${wrong.name}"`} holds ${wrong.values.length / sizeOfShape(wrong.shape)}`,
    );
}

/** Only their number is looked at. */
function plainColumns({ inputShape, targetShape }: Split): Columns {
  const none = { name: undefined, values: new Float32Array() };
  return {
    inputs: [{ ...none, shape: inputShape }],
    targets: [{ ...none, shape: targetShape, classes: undefined }],
  };
}

function ordered<T extends Column>(
  columns: readonly T[],
  names: readonly string[],
  { who, split, side }: { who: string; split: Split; side: "input" | "output" },
): T[] {
  const array = side === "input" ? "an x" : "a y";
  const known = `${who} needs ${array} for each ${side} of the model (${names.map((name) => `"${name}"`).join(", ")})`;
  if (columns.every(({ name }) => name === undefined)) {
    if (columns.length === names.length) return [...columns];
    throw new TypeError(
      `${known}; the split "${split.name}" holds ${columns.length}: ${remedy(names, side)}`,
    );
  }
  const byName = Object.fromEntries(columns.map((column) => [column.name as string, column]));
  const asked = { who, what: array, of: `${side}s of the model` };
  const found = inOrder<T>(byName, names, asked);
  const missing = found.indexOf(undefined);
  if (missing >= 0)
    throw new TypeError(`${known}; the split "${split.name}" holds none for "${names[missing]}"`);
  return found as T[];
}

function remedy(names: readonly string[], side: "input" | "output"): string {
  const letter = side === "input" ? "x" : "y";
  const each = names.map((name) => `"${name}": …`).join(", ");
  return names.length === 1
    ? `give data.arrays one array as ${letter}`
    : `give data.arrays ${letter}: { ${each} }`;
}

/** A data set from one's own arrays. */
import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { random } from "../base/random.js";
import { inOrder, type Several } from "../base/several.js";
import type { Column, Columns, TargetColumn } from "./columns.js";
import { type Dataset, dataset } from "./dataset.js";
import type { Numbers } from "./numbers.js";
import { type Given, givenArrays, type Part, readPart } from "./readPart.js";
import { columnRows, type Split, type SplitContent, split, type Targets } from "./split.js";
import { stratifiedParts } from "./stratified.js";
import type { TargetKind } from "./targets.js";

/** Samples of their own, given as `x` and `y` are, or how many (≥ 1) or which share (< 1) of `x` and `y` to set aside. */
export type PartOption =
  | number
  | { readonly x: Numbers | Several<Numbers>; readonly y: Numbers | Several<Numbers> };

/**
 * A model with several inputs or outputs takes one array for each: an object by the names of the model's inputs and
 * outputs, or a list in their order (of typed arrays or tensors: a list of nested arrays is one array). What is said of
 * them (`inputShape`, `classes`, `classNames`, `task`) is given the same way then; a `task` may be one for all.
 */
export interface ArraysOptions {
  /** Samples: nested arrays or a tensor [n, …inputShape], or a flat typed array. */
  readonly x: Numbers | Several<Numbers>;
  /** Class labels [n], one-hot rows [n, classes], or targets [n] or [n, k]; labels [n, 1] with `classes` or `task`. */
  readonly y: Numbers | Several<Numbers>;
  readonly name?: string;
  /** Of one sample. Default: what the nesting of `x` says; of a flat typed array, [length / n]. */
  readonly inputShape?: readonly number[] | Several<readonly number[] | undefined>;
  /** Default: the entries of a one-hot row, else 1 + the largest label. */
  readonly classes?: number | Several<number | undefined>;
  readonly classNames?: readonly string[] | Several<readonly string[] | undefined>;
  /**
   * Default: `classification` if `y` is one row of whole numbers ≥ 0, or rows of one 1 and else 0 (two entries or more),
   * or `classes` is given, else `regression`. `fit` says so where a model leaves another meaning open.
   */
  readonly task?: Task | Several<Task | undefined>;
  /** Default: no validation split. */
  readonly validation?: PartOption;
  /** Default: no test split. */
  readonly test?: PartOption;
  /** Set samples aside with the classes' shares as they are in all; needs labels of one target. Default false. */
  readonly stratified?: boolean;
  /** Decides which samples are set aside. Default 0. */
  readonly seed?: number;
}

type Task = "classification" | "regression";

const known: OptionNames<ArraysOptions> = {
  x: true,
  y: true,
  name: true,
  inputShape: true,
  classes: true,
  classNames: true,
  task: true,
  validation: true,
  test: true,
  stratified: true,
  seed: true,
};

/**
 * Makes a data set of arrays. The arrays are copied as float32 (labels as int32).
 *
 * @throws TypeError if shapes do not fit each other.
 * @throws RangeError if a label is outside [0, classes), a value is not finite, or a part is too large.
 * @example
 * const circle = data.arrays({ x: [[0, 1], [2, 2], [1, 0], [3, 1]], y: [0, 1, 0, 1], validation: 0.25 });
 */
export function arrays(options: ArraysOptions): Dataset {
  refuseUnknown("data.arrays", options, known);
  const { name = "arrays", validation, test, stratified = false, seed = 0 } = options;
  const whole = readPart("x and y", options, layoutOf(options));
  const given = (part: "validation" | "test") => {
    const option = options[part];
    return typeof option === "object" ? readPart(part, option, whole.layout) : undefined;
  };
  const own = { validation: given("validation"), test: given("test") };
  const total = whole.size;
  const aside = {
    validation: typeof validation === "number" ? countOf("validation", validation, total) : 0,
    test: typeof test === "number" ? countOf("test", test, total) : 0,
  };
  if (aside.validation + aside.test >= total)
    throw new RangeError(
      `data.arrays needs samples left for training; validation takes ${aside.validation} and test ${aside.test} of ${total}`,
    );
  const names = classNames(options.classNames, whole);
  const order = stratified
    ? stratifiedOrder(whole, aside, seed)
    : random(seed).split("arrays").permutation(total);
  const take = (part: string, from: number, to: number) =>
    split(part, contentOf(whole, names, order.subarray(from, to).toSorted()));
  const set = (part: "validation" | "test", from: number): Split | undefined => {
    const found = own[part];
    if (found) return split(part, contentOf(found, names));
    return aside[part] > 0 ? take(part, from, from + aside[part]) : undefined;
  };
  const [target, ...more] = whole.targets;
  return dataset({
    name,
    inputShape: [...(whole.inputs[0] as Column).shape],
    classes: more.length === 0 ? target?.classes : undefined,
    classNames: more.length === 0 ? names[0] : undefined,
    train: take("train", aside.validation + aside.test, total),
    validation: set("validation", 0),
    test: set("test", aside.validation),
  });
}

/** The samples of validation, then of test, then the rest. */
function stratifiedOrder(
  { targets, size }: Part,
  { validation, test }: { readonly validation: number; readonly test: number },
  seed: number,
): Int32Array {
  const [target, ...more] = targets as [TargetColumn];
  if (more.length > 0 || target.classes === undefined || target.shape.length > 0)
    throw new TypeError(
      `data.arrays needs class labels of one target to be stratified by; it was given ${more.length > 0 ? `${targets.length} targets` : "a regression's targets"}`,
    );
  const sizes = [validation, test, size - validation - test];
  const parts = stratifiedParts(target.values, sizes, random(seed).split("arrays"));
  return Int32Array.from(parts.flatMap((part) => [...part]));
}

/** What is said of the arrays, one entry each. */
function layoutOf(options: ArraysOptions): Part["layout"] {
  const x = givenArrays(options.x, "x");
  const y = givenArrays(options.y, "y");
  const isShape = (value: unknown) => Array.isArray(value) && value.every((side) => typeof side === "number");
  const shapes = forEach(x, "inputShape", { given: options.inputShape, isOne: isShape });
  const { task } = options;
  const isTask = (value: unknown) => typeof value === "string";
  const tasks = isTask(task)
    ? y.values.map(() => task as Task)
    : forEach(y, "task", { given: task, isOne: isTask });
  const classes = forEach(y, "classes", {
    given: options.classes,
    isOne: (value) => typeof value === "number",
  });
  const kinds = tasks.map((task, k): TargetKind => ({ task, classes: classes[k] }));
  return { inputs: { names: x.names, shapes }, targets: { names: y.names, kinds } };
}

/**
 * An option's value for each of the arrays.
 *
 * @throws TypeError for one value beside several arrays.
 */
function forEach<T>(
  { names, values }: Pick<Given, "names"> & { values: readonly unknown[] },
  option: string,
  { given, isOne }: { given: T | Several<T | undefined> | undefined; isOne: (value: unknown) => boolean },
): (T | undefined)[] {
  if (given === undefined || given === null) return values.map(() => undefined);
  if (isOne(given) && values.length === 1) return [given as T];
  const known = names ?? values.map((_, i) => String(i + 1));
  if (isOne(given) || typeof given !== "object")
    throw new TypeError(
      `data.arrays needs ${option} for each of ${known.map((name) => `"${name}"`).join(", ")}; it was given ${JSON.stringify(given)}`,
    );
  return inOrder(given as Several<T | undefined>, known, {
    who: "data.arrays",
    what: option,
    of: "arrays",
  });
}

type Names = readonly (readonly string[] | undefined)[];

/** The samples of a part, or those with the indices. Columns are kept where there are several, or names. */
function contentOf({ inputs, targets, layout }: Part, names: Names, indices?: Int32Array): SplitContent {
  const named = targets.map((column, k) => ({ ...column, ...(names[k] && { classNames: names[k] }) }));
  const all = { inputs, targets: named };
  const columns: Columns = indices ? columnRows(all, indices) : all;
  const [input, target] = [columns.inputs[0] as Column, columns.targets[0] as TargetColumn];
  const isPlain =
    inputs.length === 1 && targets.length === 1 && !layout.inputs.names && !layout.targets.names;
  return {
    x: input.values as Float32Array,
    y: target.values as Targets,
    inputShape: input.shape,
    targetShape: target.shape,
    ...(!isPlain && { columns }),
    ...(target.taken && { taken: target.taken }),
  };
}

function countOf(part: string, option: number, total: number): number {
  const count = option < 1 ? Math.round(option * total) : option;
  if (!(option > 0) || !Number.isInteger(count) || count < 1 || count >= total)
    throw new RangeError(
      `data.arrays needs for ${part} a share in (0, 1) or a whole number below the ${total} samples; it was given ${option}`,
    );
  return count;
}

function classNames(given: ArraysOptions["classNames"], { targets, layout }: Part): Names {
  const isNames = (value: unknown) => Array.isArray(value) && value.every((name) => typeof name === "string");
  const of = { names: layout.targets.names, values: targets };
  const all = forEach<readonly string[]>(of, "classNames", { given, isOne: isNames });
  for (const [k, names] of all.entries())
    if (names && names.length !== targets[k]?.classes)
      throw new RangeError(
        `data.arrays needs one name for each of ${targets[k]?.classes ?? "no"} classes; it was given ${names.length}`,
      );
  return all;
}

/** A data set from one's own arrays. */
import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { random } from "../base/random.js";
import { type Dataset, dataset } from "./dataset.js";
import { flatNumbers, type Numbers } from "./numbers.js";
import { gatherRows, product, type Split, type SplitContent, split } from "./split.js";
import { readTargets, type TargetKind } from "./targets.js";

/** Samples of their own, or how many (≥ 1) or which share (< 1) of `x` and `y` to set aside. */
export type PartOption = number | { readonly x: Numbers; readonly y: Numbers };

export interface ArraysOptions {
  /** Samples: nested arrays or a tensor [n, …inputShape], or a flat typed array. */
  readonly x: Numbers;
  /** Class labels [n], one-hot rows [n, classes] (with `classes`), or targets [n] or [n, k]. */
  readonly y: Numbers;
  readonly name?: string;
  /** Of one sample. Default: what the nesting of `x` says; of a flat typed array, [length / n]. */
  readonly inputShape?: readonly number[];
  /** Default: 1 + the largest label. */
  readonly classes?: number;
  readonly classNames?: readonly string[];
  /** Default: `classification` if `y` is one row of whole numbers ≥ 0 or `classes` is given, else `regression`. */
  readonly task?: "classification" | "regression";
  /** Default: no validation split. */
  readonly validation?: PartOption;
  /** Default: no test split. */
  readonly test?: PartOption;
  /** Decides which samples are set aside. Default 0. */
  readonly seed?: number;
}

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
  const { name = "arrays", validation, test, seed = 0 } = options;
  const kind: TargetKind = { task: options.task, classes: options.classes };
  const whole = readPart("x and y", options, { inputShape: options.inputShape, kind });
  const given = (part: "validation" | "test") => {
    const option = options[part];
    return typeof option === "object" ? readPart(part, option, whole) : undefined;
  };
  const own = { validation: given("validation"), test: given("test") };
  const total = whole.content.y.length / product(whole.content.targetShape);
  const aside = {
    validation: typeof validation === "number" ? countOf("validation", validation, total) : 0,
    test: typeof test === "number" ? countOf("test", test, total) : 0,
  };
  if (aside.validation + aside.test >= total)
    throw new RangeError(
      `data.arrays needs samples left for training; validation takes ${aside.validation} and test ${aside.test} of ${total}`,
    );
  const order = random(seed).split("arrays").permutation(total);
  const take = (part: string, from: number, to: number) =>
    split(part, rows(whole.content, order.subarray(from, to).toSorted()));
  const set = (part: "validation" | "test", from: number): Split | undefined => {
    const content = own[part]?.content;
    if (content) return split(part, content);
    return aside[part] > 0 ? take(part, from, from + aside[part]) : undefined;
  };
  return dataset({
    name,
    inputShape: [...whole.content.inputShape],
    classes: whole.kind.classes,
    classNames: classNames(options.classNames, whole.kind.classes),
    train: take("train", aside.validation + aside.test, total),
    validation: set("validation", 0),
    test: set("test", aside.validation),
  });
}

interface Part {
  readonly content: SplitContent;
  readonly kind: TargetKind;
  readonly inputShape?: readonly number[] | undefined;
}

function readPart(
  what: string,
  arrays: { x: Numbers; y: Numbers },
  like: { inputShape?: readonly number[] | undefined; kind: TargetKind },
): Part {
  const y = readTargets(flatNumbers(arrays.y, `y of ${what}`), like.kind, what);
  const n = y.values.length / product(y.shape);
  const x = flatNumbers(arrays.x, `x of ${what}`);
  const flat = x.shape.length === 1 && ArrayBuffer.isView(arrays.x);
  const inputShape = like.inputShape ?? (flat ? [x.values.length / n] : x.shape.slice(1));
  if (n === 0) throw new RangeError(`data.arrays needs at least one sample in ${what}; it was given none`);
  const length = n * product(inputShape);
  const rowsMatch = flat || x.shape[0] === n;
  if (
    x.values.length !== length ||
    !rowsMatch ||
    !inputShape.every((side) => Number.isInteger(side) && side > 0)
  )
    throw new TypeError(
      `data.arrays needs in ${what} one row of [${inputShape.join(", ")}] in x for each of the ${n} entries of y; x has the shape [${x.shape.join(", ")}]`,
    );
  const values = Float32Array.from(x.values);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `data.arrays needs finite numbers in x of ${what}; sample ${Math.floor(bad / product(inputShape))} holds ${x.values[bad]}`,
    );
  const content = { x: values, y: y.values, inputShape, targetShape: y.shape };
  return { content, kind: y.kind, inputShape };
}

function rows(content: SplitContent, indices: Int32Array): SplitContent {
  return {
    ...content,
    x: gatherRows(content.x, product(content.inputShape), indices),
    y: gatherRows(content.y as Float32Array, product(content.targetShape), indices),
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

function classNames(
  names: readonly string[] | undefined,
  classes: number | undefined,
): readonly string[] | undefined {
  if (names && names.length !== classes)
    throw new RangeError(
      `data.arrays needs one name for each of ${classes ?? "no"} classes; it was given ${names.length}`,
    );
  return names;
}

import type { FlatNumbers } from "./numbers.js";
import type { Targets } from "./split.js";

/** What targets mean. Invariant after `readTargets`: `classes` is set exactly when `task` is `classification`. */
export interface TargetKind {
  readonly task: "classification" | "regression" | undefined;
  readonly classes: number | undefined;
}

export interface ReadTargets {
  readonly values: Targets;
  /** Of one sample's target: [] for labels. */
  readonly shape: readonly number[];
  readonly kind: TargetKind;
}

/**
 * Decides whether targets are labels or values, and checks them.
 *
 * @throws TypeError if the shape fits neither. @throws RangeError if a label or value is out of bounds.
 */
export function readTargets(y: FlatNumbers, kind: TargetKind, what: string): ReadTargets {
  const isLabels =
    y.shape.length === 1 && Array.prototype.every.call(y.values, (v) => Number.isInteger(v) && v >= 0);
  const task = kind.task ?? (kind.classes !== undefined || isLabels ? "classification" : "regression");
  if (task === "regression") return regression(y, what);
  const labels = y.shape.length === 2 ? fromOneHot(y, kind.classes, what) : y;
  return classification(labels, kind.classes, what);
}

function regression(y: FlatNumbers, what: string): ReadTargets {
  const values = Float32Array.from(y.values);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `data.arrays needs finite numbers in y of ${what}; entry ${bad} is ${y.values[bad]}`,
    );
  const shape = y.shape.length > 1 ? y.shape.slice(1) : [1];
  return { values, shape, kind: { task: "regression", classes: undefined } };
}

function classification(y: FlatNumbers, wanted: number | undefined, what: string): ReadTargets {
  if (y.shape.length !== 1)
    throw new TypeError(
      `data.arrays needs class labels [n] or one-hot rows [n, classes] in y of ${what}; it was given [${y.shape.join(", ")}]`,
    );
  let largest = -1;
  for (let i = 0; i < y.values.length; i++) {
    const label = y.values[i] as number;
    if (!Number.isInteger(label) || label < 0 || (wanted !== undefined && label >= wanted))
      throw new RangeError(
        `data.arrays needs labels that are whole numbers from 0 to ${wanted === undefined ? "classes − 1" : wanted - 1}; y of ${what} holds ${label} at entry ${i}`,
      );
    largest = Math.max(largest, label);
  }
  const classes = wanted ?? largest + 1;
  return { values: Int32Array.from(y.values), shape: [], kind: { task: "classification", classes } };
}

function fromOneHot(y: FlatNumbers, classes: number | undefined, what: string): FlatNumbers {
  const [n = 0, width = 0] = y.shape;
  if (classes !== width)
    throw new TypeError(
      `data.arrays needs one-hot rows of ${classes ?? "`classes`"} entries in y of ${what}; it was given [${y.shape.join(", ")}]`,
    );
  const labels = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const entries = Array.from({ length: width }, (_, k) => y.values[row * width + k] as number);
    labels[row] = entries.indexOf(1);
    if (entries.filter((entry) => entry !== 0).length !== 1 || labels[row] === -1)
      throw new RangeError(
        `data.arrays needs exactly one 1 and else 0 in each one-hot row; row ${row} of y of ${what} is [${entries.join(", ")}]`,
      );
  }
  return { values: labels, shape: [n] };
}

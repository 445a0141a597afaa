import type { TakenFor } from "./columns.js";
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
  /** By what they were known; undefined for a regression, and where it was said. */
  readonly taken: TakenFor | undefined;
}

/**
 * Decides whether targets are labels or values, and checks them. Where nothing says it, whole numbers [n] from 0 on and
 * rows of one 1 and else 0 are labels; whole numbers [n, 1] are labels only where it is said.
 *
 * @throws TypeError if the shape fits neither. @throws RangeError if a label or value is out of bounds.
 */
export function readTargets(y: FlatNumbers, kind: TargetKind, what: string): ReadTargets {
  const isSaid = kind.task !== undefined || kind.classes !== undefined;
  const taken = isSaid ? undefined : takenFor(y);
  const task = kind.task ?? (kind.classes !== undefined || taken ? "classification" : "regression");
  if (task === "regression") return { ...regression(y, what), taken };
  const [n = 0, width] = y.shape;
  if (y.shape.length !== 2 || width === undefined) return { ...classification(y, kind.classes, what), taken };
  const isColumn = width === 1 && kind.classes !== 1;
  const labels = isColumn ? { values: y.values, shape: [n] } : fromOneHot(y, kind.classes ?? width, what);
  return { ...classification(labels, isColumn ? kind.classes : width, what), taken };
}

function takenFor({ values, shape }: FlatNumbers): TakenFor | undefined {
  const [n = 0, width = 0] = shape;
  if (n === 0) return undefined;
  if (shape.length === 1)
    return Array.prototype.every.call(values, (v) => Number.isInteger(v) && v >= 0) ? "labels" : undefined;
  if (shape.length !== 2 || width < 2) return undefined;
  for (let row = 0; row < n; row++) if (labelOf(values, row, width) < 0) return undefined;
  return "oneHot";
}

/** Where the only 1 of a row is, all else being 0; −1 where the row is another. */
function labelOf(values: ArrayLike<number>, row: number, width: number): number {
  let label = -1;
  for (let k = 0; k < width; k++) {
    const entry = values[row * width + k];
    if (entry === 0) continue;
    if (entry !== 1 || label >= 0) return -1;
    label = k;
  }
  return label;
}

type Read = Omit<ReadTargets, "taken">;

function regression(y: FlatNumbers, what: string): Read {
  const values = Float32Array.from(y.values);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `data.arrays needs finite numbers in y of ${what}; entry ${bad} is ${y.values[bad]}`,
    );
  const shape = y.shape.length > 1 ? y.shape.slice(1) : [1];
  return { values, shape, kind: { task: "regression", classes: undefined } };
}

function classification(y: FlatNumbers, wanted: number | undefined, what: string): Read {
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

function fromOneHot(y: FlatNumbers, classes: number, what: string): FlatNumbers {
  const [n = 0, width = 0] = y.shape;
  if (classes !== width)
    throw new TypeError(
      `data.arrays needs one-hot rows of ${classes} entries in y of ${what}; it was given [${y.shape.join(", ")}]`,
    );
  const labels = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const label = labelOf(y.values, row, width);
    if (label < 0) {
      const entries = Array.from({ length: width }, (_, k) => y.values[row * width + k]);
      throw new RangeError(
        `data.arrays needs exactly one 1 and else 0 in each one-hot row; row ${row} of y of ${what} is [${entries.join(", ")}]`,
      );
    }
    labels[row] = label;
  }
  return { values: labels, shape: [n] };
}

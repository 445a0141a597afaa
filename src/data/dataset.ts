import type { MimeBundle } from "../base/host.js";
import { inspectedAs, inspectKey } from "../base/inspection.js";
import { columnTitle } from "./columns.js";
import type { Split } from "./split.js";

/**
 * Data to learn from, in disjoint parts.
 *
 * Invariants: all splits share `inputShape`, and the names, shapes and classes of their columns where there are several; with `classes` their labels are in [0, classes);
 * without (a regression) they share a target shape.
 */
export interface Dataset {
  readonly name: string;
  /** Of one sample, such as [28, 28, 1]. Not `readonly`, as the layers of TensorFlow.js take shapes. */
  readonly inputShape: number[];
  /** Number of classes; undefined for a regression, and where there are several targets, each of which has its own. */
  readonly classes: number | undefined;
  /** One name a class, in order of the labels. */
  readonly classNames?: readonly string[];
  readonly train: Split;
  readonly validation: Split | undefined;
  readonly test: Split | undefined;
  /** One line: what it is and how large its parts are. */
  toMimeBundle(): MimeBundle;
}

/** A data set of classes with all three splits. */
export interface LabelledDataset extends Dataset {
  readonly classes: number;
  readonly classNames: readonly string[];
  readonly validation: Split;
  readonly test: Split;
}

/** Adds to the parts of a data set the way it shows itself. */
export function dataset<T extends Omit<Dataset, "toMimeBundle">>(
  parts: T,
): T & Pick<Dataset, "toMimeBundle"> {
  return { ...parts, toMimeBundle: () => ({ "text/plain": describe(parts) }), [inspectKey]: inspected };
}

/** Goes along with a copy, whose parts it tells. */
const inspected = inspectedAs(describe);

function describe(parts: Omit<Dataset, "toMimeBundle">): string {
  const sizes = [parts.train, parts.validation, parts.test]
    .filter((part) => part !== undefined)
    .map((part) => `${part.size.toLocaleString("en-US")} ${part.name}`);
  return `${parts.name}: ${sizes.join(", ")}; ${contents(parts)}`;
}

function contents({ train, inputShape, classes }: Omit<Dataset, "toMimeBundle">): string {
  const kindOf = (count: number | undefined) => (count === undefined ? "regression" : `${count} classes`);
  if (!train.columns) return `samples of [${inputShape.join(", ")}]; ${kindOf(classes)}`;
  const { inputs, targets } = train.columns;
  const shapes = inputs.map((column, i) => `${columnTitle(column, i)} [${column.shape.join(", ")}]`);
  const kinds = targets.map((column, k) => `${columnTitle(column, k)} ${kindOf(column.classes)}`);
  return `samples of ${shapes.join(", ")}; ${kinds.join(", ")}`;
}

import type { MimeBundle } from "../base/host.js";
import type { Split } from "./split.js";

/**
 * Data to learn from, in disjoint parts.
 *
 * Invariants: all splits share `inputShape`; with `classes` their labels are in [0, classes);
 * without (a regression) they share a target shape.
 */
export interface Dataset {
  readonly name: string;
  /** Of one sample, such as [28, 28, 1]. Not `readonly`, as the layers of TensorFlow.js take shapes. */
  readonly inputShape: number[];
  /** Number of classes; undefined for a regression. */
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
  return { ...parts, toMimeBundle: () => ({ "text/plain": describe(parts) }) };
}

function describe(parts: Omit<Dataset, "toMimeBundle">): string {
  const sizes = [parts.train, parts.validation, parts.test]
    .filter((part) => part !== undefined)
    .map((part) => `${part.size.toLocaleString("en-US")} ${part.name}`);
  const kind = parts.classes === undefined ? "regression" : `${parts.classes} classes`;
  return `${parts.name}: ${sizes.join(", ")}; samples of [${parts.inputShape.join(", ")}]; ${kind}`;
}

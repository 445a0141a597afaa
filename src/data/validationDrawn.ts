/** Data sets that come whole, and of whose training images a person says how many validate. */
import { refuseUnknown } from "../base/knownOptions.js";
import type { LabelledDataset } from "./dataset.js";

export interface ValidationOptions {
  /** How many of the training images become the validation split, at least 1. Default 5000. */
  readonly validation?: number;
  /** Decides which. Default 0. */
  readonly seed?: number;
}

export interface WholeSet {
  /** The function that a person calls, such as `data.mnist`. */
  readonly who: string;
  /** Of which validation is a part. */
  readonly trainSize: number;
  load(validation: number, seed: number): Promise<LabelledDataset>;
}

/**
 * Each choice is loaded once a process; a load that failed may be tried again.
 *
 * @throws RangeError, by the function that is returned, if `validation` leaves no image for training or is none itself.
 */
export function validationDrawn({ who, trainSize, load }: WholeSet) {
  const loaded = new Map<string, Promise<LabelledDataset>>();
  return (options: ValidationOptions): Promise<LabelledDataset> => {
    refuseUnknown(who, options, { validation: true, seed: true });
    const { validation = 5000, seed = 0 } = options;
    if (!Number.isInteger(validation) || validation < 1 || validation >= trainSize)
      throw new RangeError(
        `${who} needs a validation size of 1 to ${trainSize - 1} of its ${trainSize} training images; it was given ${validation}`,
      );
    const key = `${validation} ${seed}`;
    const known = loaded.get(key);
    if (known) return known;
    const loading = load(validation, seed);
    loaded.set(key, loading);
    loading.catch(() => loaded.delete(key));
    return loading;
  };
}

/** Errors as TensorFlow.js's own kernels word them, since code and its tests compare messages. */
import { TensorFlowError } from "../tensorflow.js";

/** Where the two say the same in other words. */
const wordings: readonly [RegExp, string][] = [
  [/'segment_ids' input is not sorted$/, "segmentIds input is not sorted."],
  [/^Ragged splits must be sorted$/, "Ragged splits must be sorted in ascending order"],
  // TensorFlow names the wrong bound of a negative row.
  [/^(indices\(\d+, 0\) is invalid: -\d+) >= \d+$/, "$1 < 0"],
];

/**
 * What `run` returns.
 *
 * @throws TensorFlowError with the one sentence; its cause is the error with the op, the types and the shapes.
 */
export function inTfjsWords<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof TensorFlowError)) throw error;
    const { code, reason } = error;
    const words = wordings.reduce(
      (text, [found, instead]) => text.replace(found, instead),
      reason.replace(/\.$/, ""),
    );
    const worded = new TensorFlowError(words, { code, reason });
    throw Object.defineProperty(worded, "cause", { value: error, configurable: true, writable: true });
  }
}

/** In what a training's products are computed. */
import { type Narrow, narrowLacks } from "../native/narrowSupport.js";

export type Precision = "float32" | Narrow;
export const precisions: readonly Precision[] = ["float32", "bfloat16", "float16"];

type Lacks = (type: Narrow) => string | undefined;

/**
 * Bfloat16 has nothing for it where it is slow, so it is refused there; float16 is what a GPU will compute with, which
 * may be tried before.
 *
 * @param lacks what a type lacks here, to follow "needs"; undefined if nothing
 * @throws RangeError where bfloat16 would take longer than float32
 * @throws LibtensorflowError for a narrow type where WebAssembly computes
 */
export function checkPrecision(precision: Precision, lacks: Lacks = narrowLacks): void {
  const lacking = precision === "float32" ? undefined : lacks(precision);
  if (lacking !== undefined && precision === "bfloat16")
    throw new RangeError(`precision "bfloat16" is slower than "float32" here: it needs ${lacking}`);
}

/** What to tell of a precision that another one is faster than here; undefined if none is. */
export function slowerHere(precision: Precision, lacks: Lacks = narrowLacks): string | undefined {
  const lacking = precision === "float16" ? lacks(precision) : undefined;
  if (lacking === undefined) return undefined;
  const faster = lacks("bfloat16") === undefined ? '"bfloat16" or "float32"' : '"float32"';
  return `precision "float16" is slow here, where ${faster} is faster: it needs ${lacking}`;
}

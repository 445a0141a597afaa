/** In what a training's products are computed. */
import { bfloat16Lacks } from "../native/bfloat16Support.js";

export type Precision = "float32" | "bfloat16";

/**
 * @param lacks what bfloat16 lacks here, to follow "needs"; undefined if nothing
 * @throws RangeError where bfloat16 would take longer than float32
 */
export function checkPrecision(precision: Precision, lacks: () => string | undefined = bfloat16Lacks): void {
  const lacking = precision === "bfloat16" ? lacks() : undefined;
  if (lacking !== undefined)
    throw new RangeError(`precision "bfloat16" is slower than "float32" here: it needs ${lacking}`);
}

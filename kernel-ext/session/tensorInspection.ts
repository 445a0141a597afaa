/** Makes `console.log(tensor)`, and a tensor within another value, readable: tfjs leaves its bookkeeping to `inspect`. */
import { type InspectOptions, inspect } from "node:util";
import { property } from "./property.js";
import { isTensor, tensorBody, tensorForm, tensorHead, tensorSize } from "./shortForm.js";

/** A tensor this small shows its values within another value too. */
const fewValues = 8;

/** Gives the tensors of a copy of tfjs, when `module` is one or has one as `tf`, their form. Idempotent. */
export function dressTensors(module: unknown): void {
  for (const library of [module, property(module, "tf")]) {
    const prototype = property(property(library, "Tensor"), "prototype");
    if (prototype === null || typeof prototype !== "object") continue;
    if (!Object.hasOwn(prototype, "dataSync") || Object.hasOwn(prototype, inspect.custom)) continue;
    Object.defineProperty(prototype, inspect.custom, {
      value: inspectTensor,
      configurable: true,
      writable: true,
    });
  }
}

function inspectTensor(this: unknown, depth: number | null, options: InspectOptions): unknown {
  if (!isTensor(this)) return this;
  const isWithin = depth !== null && depth !== (options.depth ?? null);
  if (!isWithin) return tensorForm(this);
  const size = tensorSize(this);
  if (this.isDisposed || size > fewValues) return tensorHead(this);
  return `${tensorHead(this)} ${tensorBody(this)
    .trimStart()
    .replace(/\s*\n\s*/g, " ")}`;
}

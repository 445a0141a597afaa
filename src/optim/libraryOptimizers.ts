/** Which optimisers this library made: only of these is known that their structure says what they compute. */
import type { Optimizer } from "./optimizer.js";

/** What each computed with when it was made: its fields may be changed after that. */
const made = new WeakMap<Optimizer, readonly unknown[]>();

/** Notes that the library made it, of another one if it wraps one: around a person's own it is as unknown as that. */
export function byLibrary(optimizer: Optimizer, inner?: Optimizer): Optimizer {
  if (inner === undefined || isByLibrary(inner)) made.set(optimizer, computes(optimizer));
  return optimizer;
}

/** Whether the library made it and it still computes so. A copy with other fields is a person's own. */
export function isByLibrary(optimizer: Optimizer): boolean {
  const before = made.get(optimizer);
  return before !== undefined && computes(optimizer).every((value, i) => value === before[i]);
}

function computes({ structure, transform, fused, followers = [], ascend, evaluates }: Optimizer): unknown[] {
  const followed = followers.flatMap(({ init, update }) => [init, update]);
  const { init, update, variant } = transform;
  return [structure, transform, init, update, variant, fused, ascend, evaluates, ...followed];
}

/** The doctor's prescriptions carried out on copies of a training. */
export { changedDataset, targetDeviations } from "./changedDataset.js";
export { changedModel, type ModelOrigin, modelOrigin, needsOrigin, otherStart } from "./changedModel.js";
export { changedOptions, repeatable } from "./changedOptions.js";
export type { Changes } from "./changes.js";
export { Fix } from "./fix.js";
export type { FixAttempt, FixFailure, FixState } from "./fixFacts.js";
export { FixInterrupted } from "./fixInterrupted.js";
export type { FixOptions } from "./fixRun.js";
export { nearestAccuracy } from "./nearest.js";
export type { KeptBy } from "./outcome.js";
export { patchedFix } from "./patchedFix.js";
export type { Repeatable } from "./repeatable.js";
